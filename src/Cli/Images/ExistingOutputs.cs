namespace Armature.Images;

/// <summary>What is done about outputs that are there already.</summary>
internal enum ExistingOutputs
{
    /// <summary>Those that are up to date are kept.</summary>
    Keep,

    /// <summary>All are made again.</summary>
    Remake,
}
