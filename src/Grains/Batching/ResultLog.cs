using Armature.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Armature.Batching;

/// <summary>
/// The results of a batch in the order in which they were done, in pages. Above a number of bytes further pages go to the
/// blob store. Used on the coordinator's scheduler only.
/// </summary>
internal sealed partial class ResultLog(string batchId, IBlobStore blobs, Serializer<PackedEntries> serializer, long maxBytes, ILogger logger)
{
    private const int SmallBytes = 32 << 10;
    private const int MostReadBytes = 2 << 20;
    private const int MostReadItems = 65_536;

    private readonly List<Page> _pages = [];
    private readonly EntryWriter _open = new();
    private readonly ChangeSignal _changed = new();
    private long _bytes;

    /// <summary>True when a result, or a page of them, was written to the blob store.</summary>
    public bool UsesBlobs { get; private set; }

    /// <summary>The cursor after everything that is here.</summary>
    public int End => _pages.Count + (_open.Count > 0 ? 1 : 0);

    /// <summary>Adds results. Small ones are gathered until somebody reads them.</summary>
    public void Add(PackedEntries entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        UsesBlobs |= entries.Kinds.Contains(EntryKind.Blob);
        Wake();
        if (entries.Bytes.Length > SmallBytes)
        {
            CloseOpenPage();
            AddPage(entries);
            return;
        }

        for (var i = 0; i < entries.Count; i++)
        {
            _open.Add(entries.Indices[i], entries.Kinds[i], entries[i].Span);
        }

        if (_open.WrittenBytes > SmallBytes || _open.Count >= BatchLimits.MaxPageItems)
        {
            CloseOpenPage();
        }
    }

    /// <summary>Lets those who wait for results look again.</summary>
    public void Wake() => _changed.Set();

    /// <summary>Waits for results, at most for a time.</summary>
    public Task WaitForMoreAsync(TimeSpan most, TimeProvider time, CancellationToken cancellationToken) =>
        _changed.WaitAsync(most, time, cancellationToken);

    /// <summary>Pages from a cursor on, at most 4 MiB of them, and the cursor after them.</summary>
    public async Task<(List<PackedEntries> Pages, int Next)> ReadAsync(int cursor, CancellationToken cancellationToken)
    {
        CloseOpenPage();
        var pages = new List<PackedEntries>();
        var bytes = 0;
        var items = 0;
        while (cursor < _pages.Count && bytes < MostReadBytes && items < MostReadItems)
        {
            var page = await LoadAsync(_pages[cursor], cancellationToken);
            pages.Add(page);
            bytes += page.Bytes.Length;
            items += page.Count;
            cursor++;
        }

        return (pages, cursor);
    }

    private void CloseOpenPage()
    {
        if (_open.Count > 0)
        {
            AddPage(_open.Take());
        }
    }

    private void AddPage(PackedEntries entries)
    {
        var page = new Page { Entries = entries, BlobName = $"batches/{batchId}/pages/{_pages.Count}" };
        _pages.Add(page);
        _bytes += entries.Bytes.Length;
        if (_bytes > maxBytes)
        {
            _ = SpillAsync(page, entries);
        }
    }

    private async Task SpillAsync(Page page, PackedEntries entries)
    {
        UsesBlobs = true;
        try
        {
            await blobs.PutAsync(page.BlobName, serializer.SerializeToArray(entries), CancellationToken.None);
            page.Entries = null;
            _bytes -= entries.Bytes.Length;
        }
#pragma warning disable CA1031 // the page stays in memory, where it is still right
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogSpillFailed(logger, exception, batchId, entries.Bytes.Length);
        }
    }

    private async ValueTask<PackedEntries> LoadAsync(Page page, CancellationToken cancellationToken)
    {
        if (page.Entries is { } entries)
        {
            return entries;
        }

        var bytes = await blobs.GetAsync(page.BlobName, BatchLimits.MaxBlobEntryBytes, cancellationToken)
            ?? throw new BatchFailedException(batchId, $"its results in {page.BlobName} are gone from the blob store.");
        return serializer.Deserialize(bytes)!;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {BatchId} could not move {Bytes} bytes of results to the blob store and keeps them in memory")]
    private static partial void LogSpillFailed(ILogger logger, Exception exception, string batchId, int bytes);

    private sealed class Page
    {
        public required string BlobName { get; init; }

        public PackedEntries? Entries { get; set; }
    }
}
