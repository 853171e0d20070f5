namespace Armature.Processes;

/// <summary>What becomes of a child process whose request is cancelled while it runs.</summary>
public enum CancelledRequestPolicy
{
    /// <summary>It is killed and replaced. For work that cannot be interrupted.</summary>
    Kill,

    /// <summary>It is told, and killed if it does not answer within <see cref="ProcessPoolOptions.DrainTimeout"/>. For work that ends soon.</summary>
    Drain,
}
