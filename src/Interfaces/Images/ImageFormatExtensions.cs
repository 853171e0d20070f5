namespace Armature.Images;

/// <summary>What goes with a format.</summary>
public static class ImageFormatExtensions
{
    /// <summary>The format's media type, such as <c>image/jpeg</c>.</summary>
    public static string ToContentType(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.Png => "image/png",
        ImageFormat.WebP => "image/webp",
        ImageFormat.Avif => "image/avif",
        ImageFormat.Gif => "image/gif",
        ImageFormat.Tiff => "image/tiff",
        _ => "application/octet-stream",
    };

    /// <summary>The format's usual file extension with its dot, such as <c>.jpg</c>.</summary>
    public static string ToFileExtension(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => ".jpg",
        ImageFormat.Png => ".png",
        ImageFormat.WebP => ".webp",
        ImageFormat.Avif => ".avif",
        ImageFormat.Gif => ".gif",
        ImageFormat.Tiff => ".tiff",
        _ => ".bin",
    };

    /// <summary>Whether the format can hold an animation here.</summary>
    public static bool CanAnimate(this ImageFormat format) => format is ImageFormat.WebP or ImageFormat.Gif;
}
