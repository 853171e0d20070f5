namespace Armature.Rendering.Output;

/// <summary>Which pages of the last run are taken over instead of being rendered again.</summary>
public enum PageReuse
{
    /// <summary>Those whose declared inputs, site and bundle are the same. A page without declared inputs is rendered always.</summary>
    ByInputs = 0,

    /// <summary>Those too that have no declared inputs, when site and bundle are the same: for pages that depend on nothing else.</summary>
    ByBundle = 1,

    /// <summary>None.</summary>
    Never = 2,
}
