namespace Armature.Caching;

/// <summary>
/// Values as bytes. Within a silo they are the store's own, which never change; between processes they travel one behind the other
/// in one buffer. Not changed any more once it was passed on.
/// </summary>
[Immutable]
public sealed class PackedValues
{
    // 64 KiB: arrays over 85,000 bytes go to the heap of large objects, and each of its collections goes over everything that a silo holds.
    private const int PageBits = 12;
    private const int PageSize = 1 << PageBits;

    private readonly ReadOnlyMemory<byte>[][] _pages;

    /// <summary>Begins with nothing in each place.</summary>
    /// <param name="count">How many there are.</param>
    public PackedValues(int count)
    {
        Count = count;
        _pages = new ReadOnlyMemory<byte>[(count + PageSize - 1) >> PageBits][];
        for (var page = 0; page < _pages.Length; page++)
        {
            _pages[page] = new ReadOnlyMemory<byte>[Math.Min(PageSize, count - (page << PageBits))];
        }
    }

    /// <summary>Takes values as they are.</summary>
    public PackedValues(ReadOnlySpan<ReadOnlyMemory<byte>> values)
        : this(values.Length)
    {
        for (var page = 0; page < _pages.Length; page++)
        {
            values.Slice(page << PageBits, _pages[page].Length).CopyTo(_pages[page]);
        }
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Value <paramref name="i"/>. Set by who makes this, before it is passed on.</summary>
    public ReadOnlyMemory<byte> this[int i]
    {
        get => _pages[i >> PageBits][i & (PageSize - 1)];
        set => _pages[i >> PageBits][i & (PageSize - 1)] = value;
    }

    /// <summary>Some of them.</summary>
    /// <param name="places">Their places here.</param>
    public PackedValues Select(int[] places)
    {
        ArgumentNullException.ThrowIfNull(places);
        var chosen = new PackedValues(places.Length);
        for (var i = 0; i < places.Length; i++)
        {
            chosen[i] = this[places[i]];
        }

        return chosen;
    }
}
