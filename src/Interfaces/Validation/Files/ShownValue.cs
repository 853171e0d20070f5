using System.Text;

namespace Armature.Validation.Files;

/// <summary>What reports show of a value: its first characters.</summary>
internal static class ShownValue
{
    /// <summary>The value's first <see cref="ValidationLimits.MaxValueLength"/> characters; it is UTF-8, and stays so.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> value)
    {
        if (value.Length <= ValidationLimits.MaxValueLength)
        {
            return value;
        }

        var end = 0;
        for (var i = 0; i < ValidationLimits.MaxValueLength && end < value.Length; i++)
        {
            Rune.DecodeFromUtf8(value[end..], out _, out var length);
            end += length;
        }

        return value[..end];
    }
}
