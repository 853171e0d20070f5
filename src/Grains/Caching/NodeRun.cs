using Armature.Caching.Tier;

namespace Armature.Caching;

/// <summary>One request on its way through the keys of a silo.</summary>
internal ref partial struct NodeRun
{
    private readonly NamedCache _cache;
    private readonly LiveEntries _entries;
    private readonly PackedTags _tags;
    private readonly CacheState _state;
    private readonly PartitionTable _partitions;
    private readonly CacheBarrier? _barrier;
    private readonly CacheRequest _request;
    private readonly long _room;
    private readonly StoreKeys _keys;
    private readonly Span<byte> _buffer;
    private readonly long _now;
    private readonly TierCall? _tier;

    // Nothing is asked of an entry that is there but its value.
    private readonly bool _isPlain;

    // Once a key of a partition was not dealt with, none after it is: duplicates keep their order.
    private PartitionSet _refused;
    private PartitionSet _drawn;
    private bool _isFull;

    public NodeRun(
        NamedCache cache, CacheState state, CacheRequest request, long room, Span<byte> keyBuffer, TierCall? tier = null, NodeAnswer before = default)
    {
        _tier = tier;
        _cache = cache;
        _state = state;
        _partitions = state.Partitions;
        _entries = new(cache, state.Barriers.Find(cache.Prefix));
        _tags = PackedTags.From(request.Tags);
        _barrier = request.Operation == CacheOperation.Invalidate ? CacheBarrier.Of(request.Selection!.Kind, request.Selection.Text) : null;
        Load = before.Load ?? (request.Operation == CacheOperation.Load ? new(state, cache, request) : null);
        _request = request;
        _room = room;
        _isPlain = request is { Operation: CacheOperation.Get, IncludesTtls: false } && _entries.Barriers is null;
        _keys = new(cache.Prefix, keyBuffer);
        _buffer = keyBuffer;
        _now = cache.Store.Now;
        Answer = before.Answer ?? new(request);
    }

    public CacheAnswer Answer { get; }

    /// <summary>The keys that are loaded, by the caller or by others.</summary>
    public NodeLoad? Load { get; }

    /// <summary>True when a barrier was not drawn, because there are too many.</summary>
    public bool HasTooManyBarriers { get; private set; }

    /// <summary>The first key that was not looked at.</summary>
    public int Next { get; private set; }

    /// <summary>Reads of entries that were not there.</summary>
    public int Misses { get; private set; }

    /// <summary>True when the room is used up.</summary>
    public readonly bool IsFull => _isFull;

    public readonly bool IsOver => _isFull || Next == _request.Keys.Count;

    private readonly EntryChanges Changes => new(_entries, _state.Loads, _tier);

    /// <summary>Deals with the next keys; to be called inside the gate.</summary>
    public void GoOn(int count)
    {
        var end = Math.Min(Next + count, _request.Keys.Count);
        if (_request.Operation is CacheOperation.Get or CacheOperation.Load)
        {
            Read(end);
            return;
        }

        for (; Next < end; Next++)
        {
            DealWith(Next);
        }

        if (_barrier is not null)
        {
            _state.EndLoads(_cache, _barrier, _drawn);
        }
    }

    /// <summary>Deals with keys from a place on; to be called inside the gate.</summary>
    public void GoOn(int from, int count)
    {
        Next = from;
        GoOn(count);
    }

    /// <summary>Deals with one key that was left until the tier had been asked; to be called inside the gate.</summary>
    /// <param name="i">Its place.</param>
    /// <param name="filled">What came into memory for it, which may have had to go for others by now; <c>default</c> for nothing.</param>
    public void GoBackTo(int i, in CachedValue filled)
    {
        if (_request.Operation is not (CacheOperation.Get or CacheOperation.Load))
        {
            DealWith(i);
            return;
        }

        var key = _keys.Make(_request.Keys[i]);
        if (TryTake(key.Partition))
        {
            Give(i, key, _cache.Store.TryGet(key, _now, out var found) ? found : filled);
        }
    }

    private void DealWith(int i)
    {
        var bytes = _request.Keys[i];
        if (_barrier is not null)
        {
            Draw(i, _barrier, bytes[0]);
            return;
        }

        var key = _keys.Make(bytes);
        if (!TryTake(key.Partition))
        {
            return;
        }

        if (_tier is not null && IsForTheTier(i, key))
        {
            return;
        }

        switch (_request.Operation)
        {
            case CacheOperation.Set:
                Set(i, key);
                break;
            case CacheOperation.Delete:
                Answer.Settle(i, OutcomeOf(Changes.TryRemove(key, _now)));
                break;
            case CacheOperation.Exists:
                Answer.Settle(i, OutcomeOf(_entries.TryPeek(key, _now, out _)));
                break;
            case CacheOperation.Ttl:
                Ttl(i, key);
                break;
            case CacheOperation.Expire:
                Answer.Settle(i, OutcomeOf(Changes.TryExpire(key, ExpiryOf(i), _now)));
                break;
            default:
                new LoadReports(_state, _cache, _request, _tier).DealWith(i, key, ExpiryOf(i), Answer);
                break;
        }
    }

    private readonly bool IsForTheTier(int i, StoreKey key) =>
        _request.Operation is CacheOperation.Delete or CacheOperation.Exists or CacheOperation.Ttl or CacheOperation.Expire
        && !_entries.TryPeek(key, _now, out _)
        && _tier!.TryAsk(i, key);

    private bool TryTake(int partition)
    {
        if (_partitions.IsHeld(partition) && !_refused.Contains(partition))
        {
            return true;
        }

        _refused.Add(partition);
        return false;
    }

    private static CacheOutcome OutcomeOf(bool isThere) => isThere ? CacheOutcome.Done : CacheOutcome.Missing;

    private readonly void Set(int i, StoreKey key)
    {
        var value = _request.Values![i];
        if (value.Length > _cache.MaxValueBytes)
        {
            Answer.Fail(i, CacheErrors.ValueTooLarge(value.Length, _cache.MaxValueBytes));
            return;
        }

        Answer.Number(i, Changes.Set(key, value, _tags, ref _partitions.VersionOf(key.Partition), ExpiryOf(i), _now));
    }

    private void Draw(int i, CacheBarrier barrier, int partition)
    {
        if (!_partitions.IsHeld(partition))
        {
            return;
        }

        var drawn = barrier.At(Interlocked.Increment(ref _partitions.VersionOf(partition)));
        if (!_state.Barriers.TryAdd(_cache.Prefix, partition, drawn))
        {
            HasTooManyBarriers = true;
            return;
        }

        _tier?.Draw(partition, drawn);
        _state.Changes.AddAll();
        _drawn.Add(partition);
        Answer.Settle(i, CacheOutcome.Done);
    }

    private readonly void Ttl(int i, StoreKey key)
    {
        if (!_entries.TryPeek(key, _now, out var found))
        {
            Answer.Settle(i, CacheOutcome.Missing);
            return;
        }

        Answer.Settle(i, CacheOutcome.Done);
        Answer.AddTtl(i, CacheTime.Until(found.ExpiresAt, _now));
    }

    private readonly Expiry ExpiryOf(int i) => _cache.ExpiryOf(_request, i);
}
