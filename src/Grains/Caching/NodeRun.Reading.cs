using System.Buffers;

namespace Armature.Caching;

// Reads of many keys.
internal ref partial struct NodeRun
{
    private void Read(int end)
    {
        var reads = ArrayPool<KeyRead>.Shared.Rent(end - Next);
        var count = 0;
        for (; Next < end; Next++)
        {
            var key = _keys.Make(_request.Keys[Next]);
            if (TryTake(key.Partition))
            {
                (reads[count].Place, reads[count].Hash) = (Next, key.Hash);
                count++;
            }
        }

        if (_isPlain)
        {
            GiveAll(reads.AsSpan(0, count));
        }
        else
        {
            Read(reads.AsSpan(0, count));
        }

        ArrayPool<KeyRead>.Shared.Return(reads);
    }

    private void GiveAll(Span<KeyRead> reads)
    {
        _cache.Store.Give(reads, _request.Keys, _cache.Prefix, _now, Answer);
        foreach (ref var read in reads[..Fitting(reads)])
        {
            if (read.Slot == SlotTable.None)
            {
                Miss(read);
            }
            else if (read.MovedTo != 0)
            {
                _tier?.Renew(KeyOf(read), read.MovedTo);
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

    private void Read(Span<KeyRead> reads)
    {
        var found = ArrayPool<CachedValue>.Shared.Rent(reads.Length);
        _cache.Store.Get(reads, _request.Keys, _cache.Prefix, _now, found);
        for (var i = 0; i < reads.Length && !_isFull; i++)
        {
            Give(reads[i], found[i]);
        }

        found.AsSpan(0, reads.Length).Clear();
        ArrayPool<CachedValue>.Shared.Return(found);
    }

    private void Give(in KeyRead read, in CachedValue found)
    {
        if (found.Version == 0 || IsStopped(read, found))
        {
            Miss(read);
            return;
        }

        if (!Answer.HasRoomFor(found, _room))
        {
            // What comes after it was read for nothing, and is left too.
            _isFull = true;
            Next = read.Place;
            return;
        }

        if (found.IsMoved)
        {
            _tier?.Renew(KeyOf(read), found.ExpiresAt);
        }

        Answer.Give(read.Place, found);
        if (_request.IncludesTtls)
        {
            Answer.AddTtl(read.Place, CacheTime.Until(found.ExpiresAt, _now));
        }

        if (_request.Load is { RefreshAhead: > 0 })
        {
            Answer.AddToken(read.Place, Load!.AskAhead(read.Place, KeyOf(read), found, _now, ExpiryOf(read.Place)));
        }
    }

    private readonly bool IsStopped(in KeyRead read, in CachedValue found) => _entries.Barriers is not null && !_entries.Passes(KeyOf(read), _now, found);

    private readonly StoreKey KeyOf(in KeyRead read) => _keys.Make(_request.Keys[read.Place], read.Hash);

    private void Miss(in KeyRead read)
    {
        if (_tier?.TryAsk(read.Place, KeyOf(read)) == true)
        {
            return;
        }

        Misses++;
        if (Load is null)
        {
            Answer.Settle(read.Place, CacheOutcome.Missing);
            return;
        }

        if (!Load.TryAsk(read.Place, KeyOf(read), Answer, _room))
        {
            // As where there is no room for a value.
            _isFull = true;
            Next = read.Place;
        }
    }
}
