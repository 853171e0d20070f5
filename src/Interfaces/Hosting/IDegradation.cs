namespace Armature.Hosting;

/// <summary>Part of a process that can say that it works, but not as well as it should. Asked often: it answers from memory.</summary>
public interface IDegradation
{
    /// <summary>What is not as it should be; null when all is.</summary>
    string? Problem { get; }
}
