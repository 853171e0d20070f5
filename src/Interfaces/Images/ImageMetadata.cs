namespace Armature.Images;

/// <summary>What is taken over from the source besides its pixels. Nothing by default: photos carry places and names.</summary>
[Flags]
public enum ImageMetadata
{
    /// <summary>Nothing; the colours are converted to sRGB.</summary>
    None = 0,

    /// <summary>EXIF: camera, time, place.</summary>
    Exif = 1,

    /// <summary>XMP.</summary>
    Xmp = 2,

    /// <summary>IPTC.</summary>
    Iptc = 4,

    /// <summary>The ICC profile, and the colours as they are. CMYK pictures are converted to sRGB nevertheless.</summary>
    Icc = 8,

    /// <summary>All of it.</summary>
    All = Exif | Xmp | Iptc | Icc,
}
