using System.Text;

namespace Armature.Caching;

/// <summary>What a <see cref="GlobPattern"/> asks for next: the bytes of some literal characters, or one character of a set. Without either: any characters.</summary>
internal readonly record struct GlobStep(byte[]? Literal, GlobSet? Set)
{
    public static GlobStep Star => default;

    public bool IsStar => Literal is null && Set is null;

    /// <summary>Takes what is asked for from the beginning of the rest of a key.</summary>
    /// <param name="rest">The rest of the key.</param>
    /// <param name="taken">How many of its bytes.</param>
    public bool TryTake(ReadOnlySpan<byte> rest, out int taken)
    {
        if (Literal is not null)
        {
            taken = Literal.Length;
            return rest.StartsWith(Literal);
        }

        Rune.DecodeFromUtf8(rest, out var character, out taken);
        return taken > 0 && Set!.Contains(character.Value);
    }
}
