namespace Armature.Caching;

/// <summary>Packs values for the way between processes, and lets them be read where they arrive without another copy.</summary>
[RegisterConverter]
internal sealed class PackedValuesConverter : IConverter<PackedValues, PackedValuesSurrogate>
{
    public PackedValues ConvertFromSurrogate(in PackedValuesSurrogate surrogate)
    {
        var values = new ReadOnlyMemory<byte>[surrogate.Ends.Length];
        var start = 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = surrogate.Bytes.AsMemory(start, surrogate.Ends[i] - start);
            start = surrogate.Ends[i];
        }

        return new(values);
    }

    public PackedValuesSurrogate ConvertToSurrogate(in PackedValues value)
    {
        var ends = new int[value.Count];
        var length = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            length += value[i].Length;
            ends[i] = length;
        }

        var bytes = new byte[length];
        for (var i = 0; i < ends.Length; i++)
        {
            value[i].Span.CopyTo(bytes.AsSpan(ends[i] - value[i].Length));
        }

        return new() { Ends = ends, Bytes = bytes };
    }
}
