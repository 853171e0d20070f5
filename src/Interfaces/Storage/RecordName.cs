namespace Armature.Storage;

/// <summary>What a partition or a key may be called: 1 to 256 characters of printable ASCII without the space. Case matters.</summary>
public static class RecordName
{
    private const char First = '!';
    private const char Last = '~';

    /// <summary>Throws when a partition or a key may not be called that.</summary>
    /// <exception cref="ArgumentException">The name is not allowed; the message says why.</exception>
    public static void ThrowIfInvalid(string name)
    {
        ThrowIfInvalidPrefix(name);
        if (name.Length == 0)
        {
            throw new ArgumentException("A record's name is empty. It has 1 to 256 characters.", nameof(name));
        }
    }

    /// <summary>Throws when one of these may not be a name.</summary>
    /// <exception cref="ArgumentException">A name is not allowed; the message says why.</exception>
    public static void ThrowIfAnyInvalid(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        for (var i = 0; i < names.Count; i++)
        {
            ThrowIfInvalid(names[i]);
        }
    }

    /// <summary>Throws when no name can start like that. The empty prefix is every name's.</summary>
    /// <exception cref="ArgumentException">The prefix is not allowed; the message says why.</exception>
    public static void ThrowIfInvalidPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > RecordLimits.MaxNameLength)
        {
            throw new ArgumentException($"A record's name has {prefix.Length:N0} characters; {RecordLimits.MaxNameLength} are allowed.", nameof(prefix));
        }

        var at = prefix.AsSpan().IndexOfAnyExceptInRange(First, Last);
        if (at >= 0)
        {
            throw new ArgumentException($"The character U+{(int)prefix[at]:X4} at {at} of a record's name is not allowed; '!' to '~' are.", nameof(prefix));
        }
    }
}
