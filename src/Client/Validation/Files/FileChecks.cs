using Armature.Batching;
using Armature.Storage;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>What the check of files needs of its process. Thread-safe.</summary>
/// <param name="batches">The batch engine.</param>
/// <param name="grains">The grains of the cluster.</param>
/// <param name="blobs">The cluster's blobs.</param>
/// <param name="passing">Where a silo's own process passes bytes to itself; null in all others.</param>
public sealed class FileChecks(BatchClient batches, IGrainFactory grains, IBlobStore blobs, LocalChunks? passing = null)
{
    /// <summary>Bytes of a part of a file; null for what fits the way it goes. Tests make parts small.</summary>
    internal int? ChunkBytes { get; set; }

    internal FileSource Blob(string name) => FileSource.FromStreams(name, async token =>
        await blobs.OpenReadAsync(name, token).ConfigureAwait(false)
            ?? throw new FileNotFoundException($"There is no blob {name} in {blobs.Location}."));

    internal async Task<FileReport> RunAsync(FileSource source, TableSchema schema, FileValidationOptions options, CancellationToken cancellationToken)
    {
        var local = await FindLocalAsync(cancellationToken).ConfigureAwait(false);
        var run = new FileRun(batches, local, source, schema, options, ChunkBytes ?? HeldChunks.BytesOf(local));
        await using var _ = run.ConfigureAwait(false);
        return await run.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    internal async Task<FileReport> RunAsync<T>(FileSource source, string ruleSet, FileValidationOptions options, CancellationToken cancellationToken)
    {
        var local = await FindLocalAsync(cancellationToken).ConfigureAwait(false);
        var run = new FileRowsRun<T>(batches, local, source, ruleSet, options, ChunkBytes ?? FileRowsRun<T>.PartBytes);
        await using var _ = run.ConfigureAwait(false);
        return await run.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Bytes are passed by reference where this process is the only silo.</summary>
    private async Task<LocalChunks?> FindLocalAsync(CancellationToken cancellationToken) =>
        passing is not null && await IsOnlySiloAsync().WaitAsync(cancellationToken).ConfigureAwait(false) ? passing : null;

    private async Task<bool> IsOnlySiloAsync() => (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true).ConfigureAwait(false)).Count == 1;
}
