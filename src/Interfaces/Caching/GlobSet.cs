namespace Armature.Caching;

/// <summary>A set of characters in a <see cref="GlobPattern"/>.</summary>
/// <param name="ranges">The characters that are named, from and to.</param>
/// <param name="contains">What holds for a character that is named: true, or in a set that is turned around false.</param>
internal sealed class GlobSet((int From, int To)[] ranges, bool contains)
{
    /// <summary>Every character.</summary>
    public static GlobSet Any { get; } = new([], contains: false);

    public bool Contains(int character)
    {
        foreach (var (from, to) in ranges)
        {
            if (character >= from && character <= to)
            {
                return contains;
            }
        }

        return !contains;
    }
}
