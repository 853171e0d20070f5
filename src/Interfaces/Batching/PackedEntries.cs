namespace Armature.Batching;

/// <summary>
/// Items or results as bytes: what travels inside the engine. Entry <c>i</c> belongs to the item <c>Indices[i]</c> and is
/// <c>Bytes[Ends[i - 1]..Ends[i]]</c>; its kind is <c>Kinds[i]</c>. Written by <see cref="EntryWriter"/>; never changed afterwards.
/// </summary>
[GenerateSerializer, Immutable, Alias("armature.batching.packed-entries")]
public sealed class PackedEntries(int[] indices, EntryKind[] kinds, int[] ends, byte[] bytes)
{
    /// <summary>No entries.</summary>
    public static PackedEntries Empty { get; } = new([], [], [], []);

    /// <summary>The items' places in the caller's order.</summary>
    [Id(0)] public int[] Indices { get; } = indices;

    /// <summary>What each entry's bytes are.</summary>
    [Id(1)] public EntryKind[] Kinds { get; } = kinds;

    /// <summary>Where each entry's bytes end.</summary>
    [Id(2)] public int[] Ends { get; } = ends;

    /// <summary>All entries' bytes, one after the other.</summary>
    [Id(3)] public byte[] Bytes { get; } = bytes;

    /// <summary>How many entries there are.</summary>
    public int Count => Indices.Length;

    /// <summary>The bytes of entry <paramref name="i"/>.</summary>
    public ReadOnlyMemory<byte> this[int i] => Bytes.AsMemory(Start(i), Ends[i] - Start(i));

    private int Start(int i) => i == 0 ? 0 : Ends[i - 1];
}
