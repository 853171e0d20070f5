namespace Armature.Hosting;

/// <summary>Part of a process that can say it should get no new work for now. Asked often: it answers from memory.</summary>
public interface IReadinessCondition
{
    /// <summary>Why this process is not ready; null when it is.</summary>
    string? Problem { get; }
}
