namespace Armature.Caching;

/// <summary>The rules of tags: the words that entries are written with to be invalidated together.</summary>
public static class CacheTag
{
    /// <summary>Characters of a tag: 128.</summary>
    public const int MaxLength = 128;

    /// <summary>Tags of one entry: 16.</summary>
    public const int MaxPerEntry = 16;

    /// <summary>Says what is wrong with the tags of an entry, and what is allowed; null when nothing is.</summary>
    public static string? Check(IReadOnlyCollection<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return tags.Count > MaxPerEntry
            ? $"An entry was given {tags.Count} tags; at most {MaxPerEntry} are allowed."
            : tags.Select(Check).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Says what is wrong with a tag, and what is allowed; null when nothing is.</summary>
    public static string? Check(string tag)
    {
        if (string.IsNullOrEmpty(tag))
        {
            return $"A tag is empty; it has 1 to {MaxLength} characters.";
        }

        if (tag.Length > MaxLength)
        {
            return $"A tag has {tag.Length} characters; at most {MaxLength} are allowed. It begins with '{tag[..16]}'.";
        }

        return tag.Any(char.IsControl) ? $"A tag has a control character; none are allowed. The tag has {tag.Length} characters." : null;
    }
}
