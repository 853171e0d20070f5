namespace Armature.Rendering.Output;

/// <summary>What is written beside a file.</summary>
internal enum FileVariants
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its compressed variants, where they are smaller.</summary>
    Compressed,
}
