namespace Armature.Caching;

// Entries that are meant together.
public sealed partial class CacheClient<T>
{
    private const int TagsAtOnce = 4;

    /// <summary>
    /// Ends all entries whose key matches a pattern, without looking for them: it takes as long with a billion entries as with none.
    /// When it returns, no silo gives one of them any more.
    /// </summary>
    /// <param name="pattern">The pattern, as <see cref="GlobPattern"/> reads it.</param>
    /// <param name="cancellationToken">Ends the wait; some silos may have done it.</param>
    /// <exception cref="ArgumentException">It is no pattern.</exception>
    /// <exception cref="CallUnansweredException">A silo did not answer; some may have done it.</exception>
    public Task DeleteByPatternAsync(string pattern, CancellationToken cancellationToken = default) =>
        InvalidateAsync(SelectPattern(pattern, 0), cancellationToken);

    /// <summary>Says what <see cref="DeleteByPatternAsync"/> would end. It looks at every entry of every silo: it is for people, not for programs.</summary>
    /// <param name="pattern">The pattern, as <see cref="GlobPattern"/> reads it.</param>
    /// <param name="maxKeys">How many keys to list: 0 to 10,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">It is no pattern, or too many keys.</exception>
    /// <exception cref="CallUnansweredException">A silo did not answer.</exception>
    public Task<CacheMatches> FindByPatternAsync(string pattern, int maxKeys = 1_000, CancellationToken cancellationToken = default) =>
        ScanAsync(SelectPattern(pattern, maxKeys), cancellationToken);

    /// <summary>Ends all entries that were written with one of some tags, as <see cref="DeleteByPatternAsync"/> does.</summary>
    /// <param name="tags">The tags: <see cref="CacheLimits.MaxTags"/> at most. Each is a call to every silo.</param>
    /// <param name="cancellationToken">Ends the wait; some silos may have done it.</param>
    /// <exception cref="ArgumentException">One is no tag, or they are too many.</exception>
    /// <exception cref="CallUnansweredException">A silo did not answer; some may have done it.</exception>
    public Task InvalidateTagsAsync(IReadOnlyCollection<string> tags, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tags);
        if (tags.Count > CacheLimits.MaxTags)
        {
            throw new ArgumentException($"The call has {tags.Count:N0} tags; one call takes {CacheLimits.MaxTags:N0}. Make several, or clear the cache.", nameof(tags));
        }

        var selections = tags.Distinct().Select(tag => SelectTag(tag, 0)).ToList();
        return Parallel.ForEachAsync(
            selections,
            new ParallelOptions { MaxDegreeOfParallelism = TagsAtOnce, CancellationToken = cancellationToken },
            async (selection, token) => await InvalidateAsync(selection, token).ConfigureAwait(false));
    }

    /// <summary>The keys that were written with a tag. It looks at every entry of every silo, as <see cref="FindByPatternAsync"/> does.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="maxKeys">How many keys to list: 0 to 10,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">It is no tag, or too many keys.</exception>
    /// <exception cref="CallUnansweredException">A silo did not answer.</exception>
    public Task<CacheMatches> KeysByTagAsync(string tag, int maxKeys = 1_000, CancellationToken cancellationToken = default) =>
        ScanAsync(SelectTag(tag, maxKeys), cancellationToken);

    /// <summary>Ends all entries of the cache, as <see cref="DeleteByPatternAsync"/> does.</summary>
    /// <param name="cancellationToken">Ends the wait; some silos may have done it.</param>
    /// <exception cref="CallUnansweredException">A silo did not answer; some may have done it.</exception>
    public Task ClearAsync(CancellationToken cancellationToken = default) => InvalidateAsync(new(CacheSelectionKind.All, ""), cancellationToken);

    private static CacheSelection SelectPattern(string pattern, int maxKeys)
    {
        ThrowIfTooMany(maxKeys);
        return GlobPattern.TryParse(pattern, out _, out var problem)
            ? new(CacheSelectionKind.Pattern, pattern, maxKeys)
            : throw new ArgumentException(problem, nameof(pattern));
    }

    private static CacheSelection SelectTag(string tag, int maxKeys)
    {
        ThrowIfTooMany(maxKeys);
        return CacheTag.Check(tag) is { } wrong ? throw new ArgumentException(wrong, nameof(tag)) : new(CacheSelectionKind.Tag, tag, maxKeys);
    }

    private static void ThrowIfTooMany(int maxKeys)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxKeys);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxKeys, CacheScanPart.MostKeys);
    }

    private async Task InvalidateAsync(CacheSelection selection, CancellationToken cancellationToken) =>
        await AskPartitionsAsync(CacheOperation.Invalidate, selection, cancellationToken).ConfigureAwait(false);

    private async Task<CacheMatches> ScanAsync(CacheSelection selection, CancellationToken cancellationToken)
    {
        var reply = await AskPartitionsAsync(CacheOperation.Scan, selection, cancellationToken).ConfigureAwait(false);
        var keys = new List<string>();
        var count = 0L;
        for (var i = 0; i < reply.Outcomes.Length; i++)
        {
            count += CacheScanPart.Read(reply.Values![i].Span, keys);
        }

        return new(count, keys.Count > selection.MaxKeys ? keys[..selection.MaxKeys] : keys);
    }

    private ValueTask<CacheReply> AskPartitionsAsync(CacheOperation operation, CacheSelection selection, CancellationToken cancellationToken) => _route.CallAsync(
        new() { Cache = Name, Operation = operation, Keys = CacheRequest.AllPartitions, Selection = selection }, cancellationToken);
}
