namespace Armature.Caching;

/// <summary>One request on its way through the keys of a silo.</summary>
internal ref struct NodeRun
{
    private readonly NamedCache _cache;
    private readonly PartitionTable _partitions;
    private readonly CacheRequest _request;
    private readonly long _room;
    private readonly StoreKeys _keys;
    private readonly long _now;

    // Once a key of a partition was not dealt with, none after it is: duplicates keep their order.
    private PartitionSet _refused;
    private bool _isFull;

    public NodeRun(NamedCache cache, PartitionTable partitions, CacheRequest request, long room, Span<byte> keyBuffer)
    {
        _cache = cache;
        _partitions = partitions;
        _request = request;
        _room = room;
        _keys = new(cache.Prefix, keyBuffer);
        _now = cache.Store.Now;
        Answer = new(request);
    }

    public CacheAnswer Answer { get; }

    /// <summary>The first key that was not looked at.</summary>
    public int Next { get; private set; }

    public readonly bool IsOver => _isFull || Next == _request.Keys.Count;

    /// <summary>Deals with the next keys; to be called inside the gate.</summary>
    public void GoOn(int count)
    {
        var end = Math.Min(Next + count, _request.Keys.Count);
        for (; Next < end && !_isFull; Next++)
        {
            DealWith(Next);
        }
    }

    private void DealWith(int i)
    {
        var bytes = _request.Keys[i];
        if (bytes.Length > StoreKeys.MaxKeyBytes)
        {
            Answer.Fail(i, CacheErrors.KeyTooLong());
            return;
        }

        var key = _keys.Make(bytes);
        var partition = key.Partition;
        if (!_partitions.IsHeld(partition) || _refused.Contains(partition))
        {
            _refused.Add(partition);
            return;
        }

        switch (_request.Operation)
        {
            case CacheOperation.Get:
                Get(i, key);
                break;
            case CacheOperation.Set:
                Set(i, key, partition);
                break;
            case CacheOperation.Delete:
                Answer.Settle(i, OutcomeOf(_cache.Store.TryRemove(key, _now)));
                break;
            case CacheOperation.Exists:
                Answer.Settle(i, OutcomeOf(_cache.Store.TryPeek(key, _now, out _)));
                break;
            case CacheOperation.Ttl:
                Ttl(i, key);
                break;
            default:
                Answer.Settle(i, OutcomeOf(_cache.Store.TryExpire(key, ExpiryOf(i), _now)));
                break;
        }
    }

    private static CacheOutcome OutcomeOf(bool isThere) => isThere ? CacheOutcome.Done : CacheOutcome.Missing;

    private void Get(int i, StoreKey key)
    {
        if (!_cache.Store.TryGet(key, _now, out var found))
        {
            Answer.Settle(i, CacheOutcome.Missing);
            return;
        }

        if (Answer.ValueBytes > 0 && Answer.ValueBytes + found.Value.Length > _room)
        {
            _isFull = true;
            Next--;
            return;
        }

        Answer.Give(i, found);
    }

    private readonly void Set(int i, StoreKey key, int partition)
    {
        var value = _request.Values![i].Span;
        if (value.Length > _cache.MaxValueBytes)
        {
            Answer.Fail(i, CacheErrors.ValueTooLarge(value.Length, _cache.MaxValueBytes));
            return;
        }

        Answer.Number(i, _cache.Store.Set(key, value, default, ref _partitions.VersionOf(partition), ExpiryOf(i), _now));
    }

    private readonly void Ttl(int i, StoreKey key)
    {
        if (!_cache.Store.TryPeek(key, _now, out var found))
        {
            Answer.Settle(i, CacheOutcome.Missing);
            return;
        }

        Answer.GiveTtl(i, found.ExpiresAt == CacheTime.Never ? long.MaxValue : found.ExpiresAt - _now);
    }

    private readonly Expiry ExpiryOf(int i)
    {
        if (_request.Expiries is not { Length: > 0 } expiries)
        {
            return _cache.DefaultExpiry;
        }

        var expiry = expiries.Length == 1 ? expiries[0] : expiries[i];
        return expiry == default ? _cache.DefaultExpiry : new(expiry.Milliseconds, expiry.IsSliding ? ExpiryKind.Sliding : ExpiryKind.Absolute);
    }
}
