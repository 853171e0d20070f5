using System.Buffers;
using System.Text.Unicode;

namespace Armature.Caching;

/// <summary>The rules of keys and of caches' names: not empty, not too long, no control characters, valid UTF-16.</summary>
internal static class CacheText
{
    /// <summary>Writes text as UTF-8.</summary>
    /// <returns><see cref="OperationStatus.Done"/>, <see cref="OperationStatus.DestinationTooSmall"/>, or <see cref="OperationStatus.InvalidData"/> when it breaks a rule.</returns>
    public static OperationStatus TryEncode(string? text, int maxLength, Span<byte> destination, out int written)
    {
        written = 0;
        return text is null || text.Length == 0 || text.Length > maxLength || HasControlCharacter(text)
            ? OperationStatus.InvalidData
            : Utf8.FromUtf16(text, destination, out _, out written, replaceInvalidSequences: false);
    }

    /// <summary>Says which rule text breaks, of which <see cref="TryEncode"/> said that it breaks one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">Characters that are allowed.</param>
    /// <param name="what">What it is, as the beginning of a sentence.</param>
    public static string Complain(string? text, int maxLength, string what) => text switch
    {
        null => $"{what} is null. Give one of 1 to {maxLength:N0} characters.",
        "" => $"{what} is empty. Give one of 1 to {maxLength:N0} characters.",
        _ when text.Length > maxLength => $"{what} has {text.Length:N0} characters; 1 to {maxLength:N0} are allowed. Take a hash of what is longer.",
        _ when HasControlCharacter(text) => $"{what} has a control character (U+{(int)text.First(char.IsControl):X4}). Leave it out, or write it in another way.",
        _ => $"{what} is not valid text: half of a surrogate pair stands alone. Do not cut text between two chars of one character, and give bytes as base64 or hexadecimal.",
    };

    /// <exception cref="ArgumentException">It is not the name of a cache.</exception>
    public static void ThrowIfNoName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> encoded = stackalloc byte[CacheLimits.MaxNameLength * 3];
        if (TryEncode(name, CacheLimits.MaxNameLength, encoded, out _) != OperationStatus.Done)
        {
            throw new ArgumentException(Complain(name, CacheLimits.MaxNameLength, "The cache's name"), nameof(name));
        }
    }

    /// <summary>Whether text in ASCII has a control character.</summary>
    public static bool HasControlCharacter(ReadOnlySpan<byte> ascii) => ascii.ContainsAnyInRange((byte)0, (byte)0x1F) || ascii.Contains((byte)0x7F);

    private static bool HasControlCharacter(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('\u0000', '\u001F') || text.ContainsAnyInRange('\u007F', '\u009F');
}
