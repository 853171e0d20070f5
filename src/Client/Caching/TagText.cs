namespace Armature.Caching;

/// <summary>Tags as a request has them.</summary>
internal static class TagText
{
    /// <exception cref="ArgumentException">They are not allowed.</exception>
    public static string[]? ToArray(CacheSetOptions? options)
    {
        if (options is not { Tags: { Count: > 0 } tags })
        {
            return null;
        }

        return CacheTag.Check(tags) is { } wrong ? throw new ArgumentException(wrong, nameof(options)) : [.. tags];
    }
}
