namespace Armature.Clustering;

/// <summary>Where a silo is in its life.</summary>
public enum SiloState
{
    /// <summary>It is starting and not a member yet.</summary>
    Joining,

    /// <summary>It is a member.</summary>
    Active,

    /// <summary>It is stopping in order.</summary>
    Stopping,
}
