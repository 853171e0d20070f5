using Armature.Batching;
using Armature.Clustering;
using Armature.Storage;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>What the check of files needs of its process. Thread-safe.</summary>
/// <param name="batches">The batch engine.</param>
/// <param name="cluster">Knows the silos.</param>
/// <param name="blobs">The cluster's blobs.</param>
/// <param name="local">Where a silo's own process passes bytes to itself; null in all others.</param>
public sealed class FileChecks(BatchClient batches, ClusterClient cluster, IBlobStore blobs, LocalChunks? local = null)
{
    internal FileSource Blob(string name) => FileSource.FromStreams(name, async token =>
        await blobs.OpenReadAsync(name, token).ConfigureAwait(false)
            ?? throw new FileNotFoundException($"There is no blob {name} in {blobs.Location}."));

    internal async Task<FileReport> RunAsync(FileSource source, TableSchema schema, FileValidationOptions options, CancellationToken cancellationToken)
    {
        var run = new FileRun(batches, await FindLocalAsync(cancellationToken).ConfigureAwait(false), source, schema, options);
        await using var _ = run.ConfigureAwait(false);
        return await run.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Bytes are passed by reference where this process is the only silo.</summary>
    private async Task<LocalChunks?> FindLocalAsync(CancellationToken cancellationToken) =>
        local is not null && (await cluster.ListSilosAsync(cancellationToken).ConfigureAwait(false)).Count == 1 ? local : null;
}
