namespace Armature.Caching;

/// <summary><see cref="PackedValues"/> on its way between processes.</summary>
[GenerateSerializer, Immutable, Alias("armature.caching.packed-values")]
internal struct PackedValuesSurrogate
{
    /// <summary>Where each value's bytes end.</summary>
    [Id(0)] public int[] Ends;

    /// <summary>All values' bytes.</summary>
    [Id(1)] public byte[] Bytes;
}
