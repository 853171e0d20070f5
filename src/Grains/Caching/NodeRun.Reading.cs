using System.Buffers;

namespace Armature.Caching;

// Reads of many keys.
internal ref partial struct NodeRun
{
    private void Read(int end)
    {
        var count = end - Next;
        var reads = ArrayPool<KeyRead>.Shared.Rent(count);
        var places = ArrayPool<int>.Shared.Rent(count);
        var room = BytesOf(end);
        var bytes = room > _buffer.Length ? ArrayPool<byte>.Shared.Rent(room) : null;
        var keys = Take(reads.AsSpan(0, count), places, bytes ?? _buffer);
        if (_isPlain)
        {
            GiveAll(keys);
        }
        else
        {
            Read(keys);
        }

        ArrayPool<KeyRead>.Shared.Return(reads);
        ArrayPool<int>.Shared.Return(places);
        if (bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    // Of the store's keys that are next.
    private readonly int BytesOf(int end) => StartOf(end) - StartOf(Next) + ((end - Next) * _cache.Prefix.Length);

    private readonly int StartOf(int place) => place == 0 ? 0 : _request.Keys.Ends[place - 1];

    // First all are copied, then all are hashed: bytes that were just written in pieces are slow to read.
    private KeyReads Take(Span<KeyRead> reads, Span<int> places, Span<byte> bytes)
    {
        var prefix = _cache.Prefix.AsSpan();
        var ends = _request.Keys.Ends.AsSpan(Next, reads.Length);
        var packed = _request.Keys.Bytes.AsSpan();
        var (from, to) = (StartOf(Next), 0);
        for (var i = 0; i < reads.Length; i++)
        {
            var length = ends[i] - from;
            prefix.CopyTo(bytes[to..]);
            packed.Slice(from, length).CopyTo(bytes[(to + prefix.Length)..]);
            (reads[i].Start, reads[i].Length) = (to, prefix.Length + length);
            from += length;
            to += prefix.Length + length;
        }

        var count = 0;
        for (var i = 0; i < reads.Length; i++)
        {
            var (start, length) = (reads[i].Start, reads[i].Length);
            var hash = CacheHash.Of(bytes.Slice(start, length));
            if (TryTake(CacheHash.PartitionOf(hash)))
            {
                ref var read = ref reads[count++];
                (read.Place, read.Hash, read.Start, read.Length) = (Next + i, hash, start, length);
            }
        }

        Next += reads.Length;
        return new(reads[..count], places[..count], bytes);
    }

    private void GiveAll(KeyReads keys)
    {
        _cache.Store.Give(keys, _now, Answer);
        foreach (ref var read in keys.All[..Fitting(keys.All)])
        {
            if (read.Slot == SlotTable.None)
            {
                Miss(read.Place, keys.KeyOf(read));
            }
            else if (read.MovedTo != 0)
            {
                _tier?.Renew(keys.KeyOf(read), read.MovedTo);
            }
        }
    }

    // How many there is room for, and never less than the first value. The last are taken back, and are left.
    private int Fitting(Span<KeyRead> reads)
    {
        var count = reads.Length;
        while (count > 0 && Answer.ValueBytes > _room && Answer.ValueBytes > Answer.BytesOf(reads[count - 1].Place))
        {
            _isFull = true;
            Next = reads[--count].Place;
            Answer.TakeBack(Next);
        }

        return count;
    }

    private void Read(KeyReads keys)
    {
        var reads = keys.All;
        var found = ArrayPool<CachedValue>.Shared.Rent(reads.Length);
        _cache.Store.Get(keys, _now, found);
        for (var i = 0; i < reads.Length && !_isFull; i++)
        {
            Give(reads[i].Place, keys.KeyOf(reads[i]), found[i]);
        }

        found.AsSpan(0, reads.Length).Clear();
        ArrayPool<CachedValue>.Shared.Return(found);
    }

    private void Give(int place, StoreKey key, in CachedValue found)
    {
        if (found.Version == 0 || IsStopped(key, found))
        {
            Miss(place, key);
            return;
        }

        if (!Answer.HasRoomFor(found, _room))
        {
            // What comes after it was read for nothing, and is left too.
            _isFull = true;
            Next = place;
            return;
        }

        if (found.IsMoved)
        {
            _tier?.Renew(key, found.ExpiresAt);
        }

        Answer.Give(place, found);
        if (_request.IncludesTtls)
        {
            Answer.AddTtl(place, CacheTime.Until(found.ExpiresAt, _now));
        }

        if (_request.Load is { RefreshAhead: > 0 })
        {
            Answer.AddToken(place, Load!.AskAhead(place, key, found, _now, ExpiryOf(place)));
        }
    }

    private readonly bool IsStopped(StoreKey key, in CachedValue found) => _entries.Barriers is not null && !_entries.Passes(key, _now, found);

    private void Miss(int place, StoreKey key)
    {
        if (_tier?.TryAsk(place, key) == true)
        {
            return;
        }

        Misses++;
        if (Load is null)
        {
            Answer.Settle(place, CacheOutcome.Missing);
            return;
        }

        if (!Load.TryAsk(place, key, Answer, _room))
        {
            // As where there is no room for a value.
            _isFull = true;
            Next = place;
        }
    }
}
