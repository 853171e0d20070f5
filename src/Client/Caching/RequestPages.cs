using System.IO.Hashing;

namespace Armature.Caching;

/// <summary>Cuts a request into pages that fit a message.</summary>
internal sealed class RequestPages(CacheRequest request)
{
    private readonly PackedKeys _keys = request.Keys;
    private readonly PackedValues? _values = request.Values;

    /// <summary>Whether the whole request is a page.</summary>
    public bool IsOne(int mostKeys) => _keys.Count <= mostKeys
        && (_values is null ? _keys.Bytes.Length <= CacheLimits.MaxPageBytes : Refuse(0) is null && EndOf(0, mostKeys) == _keys.Count);

    /// <summary>Whether a key comes more than once. It may say so where none does.</summary>
    public bool HasDuplicates()
    {
        var seen = new HashSet<ulong>(_keys.Count);
        for (var i = 0; i < _keys.Count; i++)
        {
            if (!seen.Add(XxHash3.HashToUInt64(_keys[i])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Why an entry cannot be sent at all; null when it can.</summary>
    public ItemError? Refuse(int place) => _values is null ? null : Refuse(_values[place]);

    /// <inheritdoc cref="Refuse(int)"/>
    public static ItemError? Refuse(ReadOnlyMemory<byte> value) => value.Length > CacheLimits.MaxValueBytes
        ? new(
            CacheErrorCodes.ValueTooLarge,
            $"The value has {value.Length:N0} bytes; no cache takes more than {CacheLimits.MaxValueBytes:N0}, and by default it is 1 MiB. Put it into the blob store, and its name into the cache.")
        : null;

    /// <summary>The places of the page that begins with one.</summary>
    public int[] Next(int start, int mostKeys) => [.. Enumerable.Range(start, EndOf(start, mostKeys) - start)];

    private int EndOf(int start, int mostKeys)
    {
        var end = start;
        for (var bytes = 0L; end < _keys.Count && end - start < mostKeys; end++)
        {
            bytes += _keys[end].Length + (_values?[end].Length ?? 0);
            if (end > start && (bytes > CacheLimits.MaxPageBytes || Refuse(end) is not null))
            {
                break;
            }
        }

        return end;
    }
}
