using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Armature.Caching;

/// <summary>The keys of one call as they travel, without those that failed before, and the way back to the caller's order.</summary>
internal sealed class KeyBatch
{
    /// <summary>Arrays of more bytes are large objects, and each collection of those goes over all that the process holds: they are used again.</summary>
    private const int LargeBytes = 80_000;

    private readonly int _count;
    private readonly int[]? _places;
    private readonly Dictionary<int, ItemError>? _failed;
    private byte[]? _rented;

    private KeyBatch(int count, PackedKeys keys, int[]? places, Dictionary<int, ItemError>? failed)
    {
        _count = count;
        Keys = keys;
        _places = places;
        _failed = failed;
    }

    /// <summary>The answer where there is no key to ask for.</summary>
    public static CacheReply NoReply { get; } = new() { Outcomes = [], Values = new(0) };

    /// <summary>The keys to ask for.</summary>
    public PackedKeys Keys { get; }

    /// <summary>Packs keys.</summary>
    /// <param name="keys">The caller's, in order.</param>
    /// <param name="failed">Errors of some, by place, or null; those of keys that break a rule are added.</param>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public static KeyBatch Pack(IReadOnlyList<string> keys, Dictionary<int, ItemError>? failed = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys switch
        {
            string[] array => Pack(array, failed),
            List<string> list => Pack(CollectionsMarshal.AsSpan(list), failed),
            _ => Pack(keys.ToArray(), failed),
        };
    }

    /// <summary>Lets others use its memory; only when nobody has the keys any more.</summary>
    public void Return()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Takes out what belongs to keys that are not asked for.</summary>
    /// <param name="ofAll">One for each of the caller's keys.</param>
    public TValue[] Select<TValue>(List<TValue> ofAll) => _places is null ? [.. ofAll] : Array.ConvertAll(_places, place => ofAll[place]);

    /// <summary>Where a key that is asked for was among the caller's.</summary>
    public int PlaceOf(int i) => _places?[i] ?? i;

    /// <summary>Puts an answer into the caller's order.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="read">Reads the answer's part for a key that did not fail.</param>
    /// <param name="fail">Makes an error the key's result.</param>
    public TResult[] Spread<TResult>(CacheReply reply, Func<CacheReply, int, TResult> read, Func<ItemError, TResult> fail)
    {
        var results = new TResult[_count];
        for (var i = 0; i < Keys.Count; i++)
        {
            results[PlaceOf(i)] = reply.Outcomes[i] == CacheOutcome.Failed ? fail(reply.Errors![i]) : read(reply, i);
        }

        foreach (var (place, error) in _failed ?? [])
        {
            results[place] = fail(error);
        }

        return results;
    }

    /// <summary>Puts values that are given as they are into the caller's order: where no key failed, that is the answer itself.</summary>
    public IReadOnlyList<CacheEntry<ReadOnlyMemory<byte>>> SpreadRaw(CacheReply reply) => reply is { Errors: null } && _places is null
        ? new RawEntries(reply)
        : Spread(reply, static (reply, i) => reply.Outcomes[i] == CacheOutcome.Done ? new(reply.Values![i]) : default, static error => new CacheEntry<ReadOnlyMemory<byte>>(error));

    private static KeyBatch Pack(ReadOnlySpan<string> keys, Dictionary<int, ItemError>? failed)
    {
        if (keys.Length > CacheLimits.MaxKeys)
        {
            throw new ArgumentException($"The call has {keys.Length:N0} keys; one call takes {CacheLimits.MaxKeys:N0}. Make several.", nameof(keys));
        }

        var ends = new int[keys.Length];
        var length = LengthOf(keys);
        var rented = length > LargeBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        var bytes = rented ?? GC.AllocateUninitializedArray<byte>(length);
        return failed is null && TryPackAscii(keys, ends, bytes)
            ? new(keys.Length, new(ends, bytes), null, null) { _rented = rented }
            : PackAny(keys, ends, bytes, failed ?? []);
    }

    // What nearly all calls are: then one look at all bytes together finds whether there is a control character.
    private static bool TryPackAscii(ReadOnlySpan<string> keys, int[] ends, byte[] bytes)
    {
        var end = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] is not { Length: > 0 and <= CacheLimits.MaxKeyLength } key
                || Ascii.FromUtf16(key, bytes.AsSpan(end), out var written) != OperationStatus.Done)
            {
                return false;
            }

            end += written;
            ends[i] = end;
        }

        return !CacheText.HasControlCharacter(bytes.AsSpan(0, end));
    }

    private static KeyBatch PackAny(ReadOnlySpan<string> keys, int[] ends, byte[] bytes, Dictionary<int, ItemError> failed)
    {
        int[]? places = null;
        var (packed, end) = (0, 0);
        for (var i = 0; i < keys.Length; i++)
        {
            if (!failed.ContainsKey(i) && TryAppend(keys[i], ref bytes, ref end))
            {
                places?[packed] = i;
                ends[packed++] = end;
                continue;
            }

            places ??= [.. Enumerable.Range(0, keys.Length)];
            failed.TryAdd(i, new(CacheErrorCodes.KeyNotAllowed, CacheText.Complain(keys[i], CacheLimits.MaxKeyLength, "The key")));
        }

        return new(
            keys.Length,
            new(packed == ends.Length ? ends : ends[..packed], end == bytes.Length ? bytes : bytes[..end]),
            places?[..packed],
            failed);
    }

    // Right for ASCII, the least for anything else.
    private static int LengthOf(ReadOnlySpan<string> keys)
    {
        var length = 0L;
        foreach (var key in keys)
        {
            length += key?.Length <= CacheLimits.MaxKeyLength ? key.Length : 0;
        }

        return checked((int)length);
    }

    private static bool TryAppend(string key, ref byte[] bytes, ref int end)
    {
        while (true)
        {
            switch (CacheText.TryEncode(key, CacheLimits.MaxKeyLength, bytes.AsSpan(end), out var written))
            {
                case OperationStatus.Done:
                    end += written;
                    return true;
                case OperationStatus.DestinationTooSmall:
                    Grow(ref bytes, key.Length);
                    break;
                default:
                    return false;
            }
        }
    }

    private static void Grow(ref byte[] bytes, int least)
    {
        var length = Math.Min(Array.MaxLength, bytes.Length + Math.Max(bytes.Length / 2L, least * 3L));
        if (length == bytes.Length)
        {
            throw new ArgumentException("The keys come to more than 2 GiB together. Make several calls.");
        }

        Array.Resize(ref bytes, (int)length);
    }
}
