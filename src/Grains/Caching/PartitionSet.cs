namespace Armature.Caching;

/// <summary>Some of the partitions.</summary>
internal struct PartitionSet
{
    private UInt128 _low;
    private UInt128 _high;

    public readonly bool IsEmpty => _low == 0 && _high == 0;

    public readonly bool Contains(int partition) =>
        ((partition < 128 ? _low : _high) >> (partition & 127) & UInt128.One) != 0;

    public void Add(int partition)
    {
        if (partition < 128)
        {
            _low |= UInt128.One << partition;
        }
        else
        {
            _high |= UInt128.One << (partition - 128);
        }
    }

    public void Remove(int partition)
    {
        if (partition < 128)
        {
            _low &= ~(UInt128.One << partition);
        }
        else
        {
            _high &= ~(UInt128.One << (partition - 128));
        }
    }
}
