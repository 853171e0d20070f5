namespace Armature.Rendering.Output;

/// <summary>What is done when pages failed.</summary>
public enum FailurePublishing
{
    /// <summary>The good pages are published. A failed page stays as it was in the last version, or is absent.</summary>
    PublishGood = 0,

    /// <summary>Nothing is published: the last version stays.</summary>
    KeepLastVersion = 1,
}
