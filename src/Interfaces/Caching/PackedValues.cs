namespace Armature.Caching;

/// <summary>
/// Values as bytes. Within a silo they are the store's own, which never change; between processes they travel one behind the other
/// in one buffer.
/// </summary>
[Immutable]
public sealed class PackedValues(ReadOnlyMemory<byte>[] values)
{
    /// <summary>How many there are.</summary>
    public int Count => values.Length;

    /// <summary>Value <paramref name="i"/>.</summary>
    public ReadOnlyMemory<byte> this[int i] => values[i];
}
