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

    /// <summary>Some of the entries, in order. All of them: this same object.</summary>
    public PackedEntries Slice(int start, int count)
    {
        if (start == 0 && count == Count)
        {
            return this;
        }

        var from = Start(start);
        var end = count == 0 ? from : Ends[start + count - 1];
        var ends = new int[count];
        for (var i = 0; i < count; i++)
        {
            ends[i] = Ends[start + i] - from;
        }

        return new(Indices[start..(start + count)], Kinds[start..(start + count)], ends, Bytes[from..end]);
    }

    /// <summary>The entries whose place in this object is chosen, in order.</summary>
    public PackedEntries Where(Func<int, bool> chosen)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        var writer = new EntryWriter();
        for (var i = 0; i < Count; i++)
        {
            if (chosen(i))
            {
                writer.Add(Indices[i], Kinds[i], this[i].Span);
            }
        }

        return writer.Take();
    }

    /// <summary>Bytes from the beginning of entry <paramref name="start"/> to the end of entry <paramref name="last"/>.</summary>
    public int BytesBetween(int start, int last) => Ends[last] - Start(start);

    private int Start(int i) => i == 0 ? 0 : Ends[i - 1];
}
