using System.Globalization;
using Armature.Batching;
using Orleans.Serialization;

namespace Armature.Validation;

/// <summary>
/// Packs records into chunks, which are the items of a batch, and knows where each begins. Chunks are small at the beginning, so that few
/// records come to all silos too, and grow to what makes the engine's own cost small beside them. Used once.
/// </summary>
internal sealed class RecordPacker<T>(Serializer<T> serializer, string rules)
{
    /// <summary>The engine's own cost is about 3 µs an item: with so many records in one it is a hundredth of a microsecond for each.</summary>
    private const int MostRecords = 512;

    /// <summary>A quarter of what travels inside a message.</summary>
    private const int MostBytes = BatchLimits.MaxInlineEntryBytes / 4;

    // The chunks at the beginning hold this part of the records before them.
    private const int GrowthPart = 64;

    private readonly Guid _run = Guid.NewGuid();
    private readonly string _culture = CultureInfo.CurrentUICulture.Name;

    // Written by the sender while results are read.
    private readonly List<int> _starts = [0];

    public async IAsyncEnumerable<RecordChunk<T>> PackAsync(IAsyncEnumerable<T> records)
    {
        var writer = new EntryWriter();
        var packed = 0;
        await foreach (var record in records.ConfigureAwait(false))
        {
            serializer.Serialize(record, writer);
            writer.End(writer.Count, EntryKind.Value);
            packed++;
            if (writer.Count >= Math.Clamp(packed / GrowthPart, 1, MostRecords) || writer.WrittenBytes >= MostBytes)
            {
                yield return Take(writer, packed);
            }
        }

        if (writer.Count > 0)
        {
            yield return Take(writer, packed);
        }
    }

    /// <summary>The records of a chunk, by their places in the caller's order; null when it is not packed: in a batch that was joined, others may be further.</summary>
    public (int From, int To)? RangeOf(int chunk)
    {
        lock (_starts)
        {
            return chunk + 1 < _starts.Count ? (_starts[chunk], _starts[chunk + 1]) : null;
        }
    }

    private RecordChunk<T> Take(EntryWriter writer, int packed)
    {
        lock (_starts)
        {
            _starts.Add(packed);
        }

        return new(rules, writer.Take(), _culture, _run);
    }
}
