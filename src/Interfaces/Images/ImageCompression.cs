namespace Armature.Images;

/// <summary>Whether an encoder may change pixels for fewer bytes. PNG never does; JPEG always does.</summary>
public enum ImageCompression
{
    /// <summary>Fewer bytes for small changes.</summary>
    Lossy,

    /// <summary>Every pixel as it is; for WebP and AVIF.</summary>
    Lossless,
}
