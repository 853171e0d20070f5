using System.Runtime.InteropServices;

namespace Armature.Validation.Files;

/// <summary>
/// Keys that break their rule, found partition by partition, given back in the order of the file. What is over
/// <see cref="MaxHeldPairs"/> lies in a temporary file.
/// </summary>
internal sealed class FoundKeys(int maxHeldPairs = FoundKeys.MaxHeldPairs) : IAsyncDisposable
{
    /// <summary>Keys in memory: 2,097,152, which are 32 MiB.</summary>
    public const int MaxHeldPairs = 2 << 20;

    // Pairs that are read from the file at a time, for each partition: 16 KiB.
    private const int PairsPerRead = 1024;

    private readonly List<ulong[]> _held = [];
    private readonly List<(long Offset, long Pairs)> _spilled = [];
    private FileStream? _file;
    private int _heldPairs;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds what was found in a partition: pairs of the key and the first of its kind, in the order of the file.</summary>
    public void Add(ulong[] pairs)
    {
        var count = pairs.Length / 2;
        if (count == 0)
        {
            return;
        }

        Count += count;
        if (_heldPairs + count <= maxHeldPairs)
        {
            _heldPairs += count;
            _held.Add(pairs);
            return;
        }

        _file ??= TemporaryFile.Create();
        _spilled.Add((_file.Length, count));
        _file.Position = _file.Length;
        _file.Write(MemoryMarshal.AsBytes<ulong>(pairs));
    }

    /// <summary>All of them in the order of the file.</summary>
    public IEnumerable<(ulong Position, ulong First)> InOrder()
    {
        var next = new PriorityQueue<IEnumerator<(ulong Position, ulong First)>, ulong>();
        foreach (var run in _held.Select(ReadHeld).Concat(_spilled.Select(ReadSpilled)))
        {
            Enqueue(run.GetEnumerator());
        }

        while (next.TryDequeue(out var run, out _))
        {
            yield return run.Current;
            Enqueue(run);
        }

        void Enqueue(IEnumerator<(ulong Position, ulong First)> run)
        {
            if (run.MoveNext())
            {
                next.Enqueue(run, run.Current.Position);
            }
        }
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static IEnumerable<(ulong Position, ulong First)> ReadHeld(ulong[] pairs)
    {
        for (var i = 0; i < pairs.Length; i += 2)
        {
            yield return (pairs[i], pairs[i + 1]);
        }
    }

    private IEnumerable<(ulong Position, ulong First)> ReadSpilled((long Offset, long Pairs) run)
    {
        var buffer = new ulong[2 * PairsPerRead];
        for (long read = 0; read < run.Pairs; read += PairsPerRead)
        {
            var pairs = (int)Math.Min(PairsPerRead, run.Pairs - read);
            _file!.Position = run.Offset + (read * 2 * sizeof(ulong));
            _file.ReadExactly(MemoryMarshal.AsBytes(buffer.AsSpan(0, pairs * 2)));
            for (var i = 0; i < pairs; i++)
            {
                yield return (buffer[2 * i], buffer[(2 * i) + 1]);
            }
        }
    }
}
