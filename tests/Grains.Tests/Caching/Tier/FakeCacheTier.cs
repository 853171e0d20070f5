namespace Armature.Caching.Tier;

/// <summary>A tier in the memory of a test, as Redis is one: it can be started again, with what it had some time before.</summary>
internal sealed class FakeCacheTier(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IReadOnlyList<string>> _witnesses = [];
    private readonly List<TierWrite> _late = [];
    private Dictionary<byte[], (byte[] Value, DateTimeOffset ExpiresAt)> _entries = new(KeyComparer.Instance);
    private Dictionary<int, State> _states = [];
    private Dictionary<byte[], (byte[] Value, DateTimeOffset ExpiresAt)>? _saved;
    private Dictionary<int, State> _savedStates = [];
    private int _run = 1;

    /// <summary>Reads and writes that came.</summary>
    public int Calls { get; private set; }

    public int Entries => _entries.Count;

    public int BarriersOf(int partition) => _states[partition].Barriers.Count;

    public long VoidBefore(int partition) => _states[partition].VoidBefore;

    public string RunText => $"run-{_run}";

    /// <summary>Keeps on the disk what it has now.</summary>
    public void Save() => (_saved, _savedStates) = (new(_entries, KeyComparer.Instance), _states.ToDictionary(pair => pair.Key, pair => pair.Value.Copy()));

    /// <summary>Starts again with what is on the disk.</summary>
    public void Restart()
    {
        _run++;
        _entries = new(_saved ?? [], KeyComparer.Instance);
        _states = _savedStates.ToDictionary(pair => pair.Key, pair => pair.Value.Copy());
    }

    /// <summary>Loses everything, and goes on.</summary>
    public void Empty()
    {
        _entries.Clear();
        _states.Clear();
        _witnesses.Clear();
    }

    /// <summary>Does what was sent while it was away and lay on the way.</summary>
    public void DeliverLate()
    {
        Write(_late);
        _late.Clear();
    }

    public void Delay(IReadOnlyList<TierWrite> writes)
    {
        lock (_lock)
        {
            _late.AddRange(writes);
        }
    }

    public TierOpening? Open(int partition, string owner, long? expected)
    {
        lock (_lock)
        {
            var known = _states.GetValueOrDefault(partition);
            if (known is not null && expected is { } last && known.Epoch != last)
            {
                return null;
            }

            var epoch = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), (known?.Epoch ?? 0) + 1);
            if (known?.Run != _run)
            {
                _states[partition] = known = new() { Run = _run, Epoch = epoch, Owner = owner, Adopted = epoch, VoidBefore = epoch };
                return new() { Epoch = epoch, Run = RunText, VoidBefore = epoch, Barriers = [] };
            }

            known.Epoch = epoch;
            var lastOwner = known.Owner == owner && expected is not null ? null : known.Owner;
            return new()
            {
                Epoch = epoch,
                Run = RunText,
                VoidBefore = known.VoidBefore,
                Barriers = [.. known.Barriers.Select(barrier => new TierBarrier(barrier.Key, barrier.Value))],
                LastOwner = lastOwner,
                LastEpoch = known.Adopted,
                Witnesses = _witnesses.GetValueOrDefault(lastOwner ?? "") ?? [],
            };
        }
    }

    public bool Adopt(int partition, string owner, long epoch, bool isVoid)
    {
        lock (_lock)
        {
            var state = _states.GetValueOrDefault(partition);
            if (state?.Epoch != epoch)
            {
                return false;
            }

            (state.Owner, state.Adopted) = (owner, epoch);
            if (isVoid)
            {
                state.VoidBefore = epoch;
                foreach (var old in state.Barriers.Where(barrier => barrier.Value <= TierVersions.FirstOf(epoch)).ToList())
                {
                    state.Barriers.Remove(old.Key);
                }
            }

            return true;
        }
    }

    public void Release(int partition, long epoch, string successor)
    {
        lock (_lock)
        {
            if (_states.GetValueOrDefault(partition) is { } state && state.Epoch == epoch)
            {
                state.Owner = successor;
            }
        }
    }

    public void RecordWitnesses(string owner, IReadOnlyList<string> witnesses)
    {
        lock (_lock)
        {
            _witnesses[owner] = witnesses;
        }
    }

    public TierPage Read(IReadOnlyList<ReadOnlyMemory<byte>> keys)
    {
        lock (_lock)
        {
            Calls++;
            return new(RunText, [.. keys.Select(key => Find(key.ToArray()))]);
        }
    }

    public IReadOnlyList<int> Write(IReadOnlyList<TierWrite> writes)
    {
        lock (_lock)
        {
            Calls++;
            var refused = writes.Select(write => (write.Partition, write.Epoch)).Distinct()
                .Where(writer => _states.GetValueOrDefault(writer.Partition) is not { } state || state.Run != _run || state.Epoch != writer.Epoch)
                .ToHashSet();
            foreach (var write in writes.Where(write => !refused.Contains((write.Partition, write.Epoch))))
            {
                Apply(write);
            }

            return [.. refused.Select(writer => writer.Partition).Distinct()];
        }
    }

    private TierValue Find(byte[] key)
    {
        if (!_entries.TryGetValue(key, out var entry) || entry.ExpiresAt <= time.GetUtcNow())
        {
            return new(null, 0);
        }

        return new(entry.Value, entry.ExpiresAt == DateTimeOffset.MaxValue ? long.MaxValue : (long)(entry.ExpiresAt - time.GetUtcNow()).TotalMilliseconds);
    }

    private void Apply(TierWrite write)
    {
        var key = write.Key.ToArray();
        var barriers = _states[write.Partition].Barriers;
        switch (write.Kind)
        {
            case TierWriteKind.Set:
                _entries[key] = (write.Value.ToArray(), After(write.Number));
                break;
            case TierWriteKind.Remove:
                _entries.Remove(key);
                break;
            case TierWriteKind.Renew:
                _ = _entries.TryGetValue(key, out var entry) && (_entries[key] = (entry.Value, After(write.Number))).Value is not null;
                break;
            case TierWriteKind.AddBarrier:
                barriers[key] = write.Number;
                break;
            case TierWriteKind.RemoveBarrier:
                barriers.Remove(key);
                break;
        }
    }

    private DateTimeOffset After(long milliseconds) =>
        milliseconds > 1L << 50 ? DateTimeOffset.MaxValue : time.GetUtcNow().AddMilliseconds(milliseconds);

    private sealed class State
    {
        public required int Run { get; init; }

        public required long Epoch { get; set; }

        public required string Owner { get; set; }

        public required long Adopted { get; set; }

        public required long VoidBefore { get; set; }

        public Dictionary<byte[], long> Barriers { get; init; } = new(KeyComparer.Instance);

        public State Copy() => new()
        {
            Run = Run, Epoch = Epoch, Owner = Owner, Adopted = Adopted, VoidBefore = VoidBefore, Barriers = new(Barriers, KeyComparer.Instance),
        };
    }
}
