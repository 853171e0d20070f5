using NetVips;

namespace Armature;

/// <summary>Small pictures that tests make themselves.</summary>
internal static class TestPictures
{
    /// <summary>Writes a picture in the format of its extension, and returns its path.</summary>
    public static string Write(string path, int width = 400, int height = 300)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Draw(width, height, Path.GetExtension(path).ToLowerInvariant() is ".png" ? ".png" : ".jpg"));
        return path;
    }

    /// <summary>The size and format of a picture.</summary>
    public static (int Width, int Height, string Loader) Read(string path)
    {
        using var picture = Image.NewFromBuffer(File.ReadAllBytes(path));
        using var pixels = picture.CopyMemory();
        return (pixels.Width, pixels.Height, (string)picture.Get("vips-loader"));
    }

    private static byte[] Draw(int width, int height, string extension)
    {
        using var ramp = Image.Xyz(width, height);
        using var bands = ramp.Bandjoin(128);
        using var picture = bands.Cast(Enums.BandFormat.Uchar);
        using var colored = picture.Copy(interpretation: Enums.Interpretation.Srgb);
        return colored.WriteToBuffer(extension);
    }
}
