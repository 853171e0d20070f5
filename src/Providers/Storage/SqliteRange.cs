namespace Armature.Storage;

/// <summary>The names that start with a prefix, read from the first to the last, page by page.</summary>
/// <remarks>Page by page, since a read that stays open would let the write-ahead log grow.</remarks>
internal sealed class SqliteRange(string prefix)
{
    // No character of a name is greater than the one, or less than the other.
    private const char AfterAll = '\u007f';
    private const char BeforeAll = '\u0001';

    /// <summary>Where the next page starts.</summary>
    public string From { get; private set; } = prefix;

    /// <summary>Where the last page ends; not itself a name.</summary>
    public string To { get; } = prefix + AfterAll;

    public void GoOnAfter(string name) => From = name + BeforeAll;
}
