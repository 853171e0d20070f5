using System.Numerics;

namespace Armature.Caching;

/// <summary>
/// How often keys were asked for, about: counters of 4 bits, four for a key, the smallest of which counts (a count-min sketch).
/// Old counts fade: all are halved after ten times as many counts as there are counters of a row (TinyLFU, Einziger, Friedman and
/// Manes 2017). Not thread-safe.
/// </summary>
internal sealed class FrequencySketch
{
    private const int MaxCount = 15;
    private const int SampleFactor = 10;
    private const ulong LowBits = 0x7777_7777_7777_7777;

    private const int Rows = 4;

    // A block is what the processor fetches at once. One word has 16 counters; a row is two words of each block, and a key has one
    // counter in each row of one block.
    private const int BlockWords = 8;
    private const int BitsOfRow = 5;

    private ulong[] _words = [];
    private int _counted;
    private int _sample;

    public FrequencySketch(int keys) => EnsureCapacity(keys);

    /// <summary>Makes room for so many keys. What was counted is forgotten when the room grows.</summary>
    public void EnsureCapacity(int keys)
    {
        var words = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(keys, 16));
        if (words <= _words.Length)
        {
            return;
        }

        _words = new ulong[words];
        _sample = (int)Math.Min((long)words * SampleFactor, int.MaxValue);
        _counted = 0;
    }

    /// <summary>From 0 to 15.</summary>
    public int Count(ulong hash)
    {
        var block = BlockOf(hash);
        var bits = RowsOf(hash);
        var least = MaxCount;
        for (var row = 0; row < Rows; row++, bits >>= BitsOfRow)
        {
            least = Math.Min(least, (int)(block[WordOf(row, bits)] >> ShiftOf(bits)) & MaxCount);
        }

        return least;
    }

    public void Increment(ulong hash)
    {
        var block = BlockOf(hash);
        var bits = RowsOf(hash);
        var isCounted = false;
        for (var row = 0; row < Rows; row++, bits >>= BitsOfRow)
        {
            ref var word = ref block[WordOf(row, bits)];
            if (((word >> ShiftOf(bits)) & MaxCount) < MaxCount)
            {
                word += 1UL << ShiftOf(bits);
                isCounted = true;
            }
        }

        if (isCounted && ++_counted >= _sample)
        {
            Fade();
        }
    }

    /// <summary>Counts several at once: the same as so many <see cref="Increment"/>s, for the price of one.</summary>
    public void Add(ulong hash, int uses)
    {
        var block = BlockOf(hash);
        var bits = RowsOf(hash);
        var most = 0;
        for (var row = 0; row < Rows; row++, bits >>= BitsOfRow)
        {
            ref var word = ref block[WordOf(row, bits)];
            var added = Math.Min(uses, MaxCount - ((int)(word >> ShiftOf(bits)) & MaxCount));
            word += (ulong)added << ShiftOf(bits);
            most = Math.Max(most, added);
        }

        _counted += most;
        if (_counted >= _sample)
        {
            Fade();
        }
    }

    // All bits of the hash are good ones. The lowest are the shard's.
    private Span<ulong> BlockOf(ulong hash) => _words.AsSpan((int)((uint)(hash >> 4) & (uint)(_words.Length - 1)) & -BlockWords, BlockWords);

    private static uint RowsOf(ulong hash) => (uint)(hash >> 36);

    private static int WordOf(int row, uint bits) => (row << 1) | (int)(bits & 1);

    private static int ShiftOf(uint bits) => (int)((bits >> 1) & 15) << 2;

    private void Fade()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] = (_words[i] >> 1) & LowBits;
        }

        _counted /= 2;
    }
}
