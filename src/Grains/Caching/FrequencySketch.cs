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

    // One word has 16 counters; a key has one in each quarter of it, or of other words.
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
        var least = MaxCount;
        for (var row = 0; row < 4; row++)
        {
            var (word, shift) = Place(hash, row);
            least = Math.Min(least, (int)(_words[word] >> shift) & MaxCount);
        }

        return least;
    }

    public void Increment(ulong hash)
    {
        var isCounted = false;
        for (var row = 0; row < 4; row++)
        {
            var (word, shift) = Place(hash, row);
            if (((_words[word] >> shift) & MaxCount) < MaxCount)
            {
                _words[word] += 1UL << shift;
                isCounted = true;
            }
        }

        if (isCounted && ++_counted >= _sample)
        {
            Fade();
        }
    }

    private (int Word, int Shift) Place(ulong hash, int row)
    {
        // Two halves of one hash make as many as are needed (Kirsch and Mitzenmacher 2006).
        var mixed = (uint)hash + ((uint)row * (uint)(hash >> 32 | 1));
        mixed *= 0x9E37_79B9;
        return ((int)((mixed ^ (mixed >> 15)) & (uint)(_words.Length - 1)), ((row << 2) | (int)(mixed >> 30)) << 2);
    }

    private void Fade()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] = (_words[i] >> 1) & LowBits;
        }

        _counted /= 2;
    }
}
