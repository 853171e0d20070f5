namespace Armature.Images;

/// <summary>The formats that are read and written.</summary>
public enum ImageFormat
{
    /// <summary>As an output: the format of the source; a TIFF becomes JPEG, or PNG when it has transparency.</summary>
    Source,

    /// <summary>JPEG. Has no transparency: it is laid on the background.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP, animated when its source is.</summary>
    WebP,

    /// <summary>AVIF.</summary>
    Avif,

    /// <summary>GIF, animated when its source is.</summary>
    Gif,

    /// <summary>TIFF. Read only.</summary>
    Tiff,
}
