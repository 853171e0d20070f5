using System.Globalization;

namespace Armature.Images;

/// <summary>A size as it is typed: <c>200x200</c>, <c>1920</c> or <c>1920x</c> for a width alone, <c>x1080</c> for a height alone.</summary>
/// <param name="Width">Pixels; null when only the height counts.</param>
/// <param name="Height">Pixels; null when only the width counts.</param>
internal readonly record struct ImageSize(int? Width, int? Height)
{
    /// <summary>The longest side that can be asked for.</summary>
    public const int MaxSide = 16_383;

    /// <summary>Reads a size; the error says what is allowed.</summary>
    public static bool TryParse(string text, out ImageSize size, out string error)
    {
        size = default;
        error = $"'{text}' is no size. Give WIDTHxHEIGHT, WIDTH or xHEIGHT in pixels from 1 to {MaxSide}, such as 200x200, 1920 or x1080.";
        var parts = text.ToLowerInvariant().Split('x');
        if (parts.Length > 2 || !TryParseSide(parts[0], out var width) || !TryParseSide(parts.ElementAtOrDefault(1) ?? "", out var height))
        {
            return false;
        }

        if (width is null && height is null)
        {
            return false;
        }

        size = new ImageSize(width, height);
        error = "";
        return true;
    }

    public override string ToString() => Height is null ? $"{Width}" : $"{Width}x{Height}";

    private static bool TryParseSide(string text, out int? side)
    {
        side = null;
        if (text.Length == 0)
        {
            return true;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) || pixels is < 1 or > MaxSide)
        {
            return false;
        }

        side = pixels;
        return true;
    }
}
