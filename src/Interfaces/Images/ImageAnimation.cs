namespace Armature.Images;

/// <summary>What becomes of an animation.</summary>
public enum ImageAnimation
{
    /// <summary>All frames are kept where the output's format can hold them (WebP, GIF).</summary>
    Keep,

    /// <summary>Only the first frame is taken.</summary>
    FirstFrame,
}
