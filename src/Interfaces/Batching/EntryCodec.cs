using System.Text;
using Armature.Storage;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>
/// Writes values into packed entries and reads them back. What is over <see cref="BatchLimits.MaxInlineEntryBytes"/>, or would
/// take the entries over their limit, goes to the blob store and its name into the entry. Thread-safe; its writers are not.
/// </summary>
/// <typeparam name="T">Items or results.</typeparam>
public sealed class EntryCodec<T>(Serializer<T> serializer, IBlobStore blobs)
{
    /// <summary>Writes a value inline; false, with nothing written, when it must go to the blob store.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="index">The item's place.</param>
    /// <param name="value">The value.</param>
    /// <param name="maxBytes">Bytes that the writer may hold afterwards.</param>
    public bool TryWrite(EntryWriter writer, int index, T value, int maxBytes)
    {
        try
        {
            serializer.Serialize(value, writer);
        }
        catch
        {
            // What was written of it would be taken for the beginning of the next entry.
            writer.DropUnfinished();
            throw;
        }

        if (writer.UnfinishedBytes > BatchLimits.MaxInlineEntryBytes || writer.WrittenBytes > maxBytes)
        {
            writer.DropUnfinished();
            return false;
        }

        writer.End(index, EntryKind.Value);
        return true;
    }

    /// <summary>Writes a value to the blob store, whole or not at all.</summary>
    public async ValueTask PutAsync(string blobName, T value, CancellationToken cancellationToken)
    {
        var bytes = serializer.SerializeToArray(value);
        await blobs.PutAsync(blobName, bytes, cancellationToken);
    }

    /// <summary>Deletes what was written to the blob store under a name.</summary>
    public async ValueTask DeleteAsync(string blobName, CancellationToken cancellationToken) => await blobs.DeleteAsync(blobName, cancellationToken);

    /// <summary>Reads an inline value.</summary>
    public T Read(ReadOnlyMemory<byte> bytes) => serializer.Deserialize(bytes)!;

    /// <summary>Reads a value that went to the blob store.</summary>
    /// <param name="nameBytes">The entry's bytes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="BatchItemException">The blob is gone.</exception>
    public async ValueTask<T> ReadBlobAsync(ReadOnlyMemory<byte> nameBytes, CancellationToken cancellationToken)
    {
        var name = Encoding.UTF8.GetString(nameBytes.Span);
        var bytes = await blobs.GetAsync(name, BatchLimits.MaxBlobEntryBytes, cancellationToken)
            ?? throw new BatchItemException(ItemErrorCodes.PayloadMissing, $"The stored bytes {name} are gone: they were pruned, or the store is another one.");
        return serializer.Deserialize(bytes)!;
    }
}
