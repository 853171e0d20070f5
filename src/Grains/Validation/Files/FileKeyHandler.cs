using System.Runtime.InteropServices;
using Armature.Batching;

namespace Armature.Validation.Files;

/// <summary>The batch handler of keys: finds those of a group of partitions that break their rule.</summary>
internal sealed class FileKeyHandler(LocalChunks local) : ICpuBatchHandler<FileKeyJob, FileKeyResult>
{
    public FileKeyResult Handle(FileKeyJob item, BatchItemContext context, CancellationToken cancellationToken)
    {
        var keys = item.Keys ?? (local.TryGet(item.Run, item.Partition, out var here) ? here : throw ChunkElsewhere.Failure());
        return new()
        {
            Partition = item.Partition,
            Found = KeySearch.Run(MemoryMarshal.Cast<byte, KeyEntry>(keys.Span), item.Sets, cancellationToken),
        };
    }
}
