using Microsoft.Extensions.Logging;

namespace Armature.Batching;

/// <summary>
/// The results of a batch in the order in which they were done, in pages. Above a number of bytes further pages are not kept in
/// memory. Used on the coordinator's scheduler only.
/// </summary>
internal sealed partial class ResultLog(string batchId, IPageShelf shelf, long maxBytes, ILogger logger) : IResultSink
{
    private const int SmallBytes = 32 << 10;
    private const int MostReadBytes = 2 << 20;
    private const int MostReadItems = 65_536;
    private const int MostFetchedPages = 64;

    private readonly List<PackedEntries?> _pages = [];
    private readonly EntryWriter _open = new();
    private readonly ChangeSignal _changed = new();
    private long _bytes;

    /// <summary>True when a result, or a page of them, may be in the blob store.</summary>
    public bool UsesBlobs { get; private set; }

    public int Succeeded { get; private set; }

    public int Failed { get; private set; }

    public int Done => Succeeded + Failed;

    /// <summary>The cursor after everything that is here.</summary>
    public int End => _pages.Count + (_open.Count > 0 ? 1 : 0);

    /// <summary>Adds results. Small ones are gathered until somebody reads them.</summary>
    public void Add(PackedEntries entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        if (entries.Bytes.Length > SmallBytes)
        {
            CloseOpenPage();
            AddPage(entries);
            return;
        }

        Count(entries.Kinds);
        for (var i = 0; i < entries.Count; i++)
        {
            _open.Add(entries.Indices[i], entries.Kinds[i], entries[i].Span);
        }

        if (_open.WrittenBytes > SmallBytes || _open.Count >= BatchLimits.MaxPageItems)
        {
            CloseOpenPage();
        }
    }

    /// <summary>Adds a page of results as it is.</summary>
    public void AddPage(PackedEntries entries)
    {
        Count(entries.Kinds);
        Keep(entries);
    }

    /// <summary>Adds a page that another coordinator has recorded.</summary>
    public void Restore(RecordedPage page)
    {
        Count(page.Kinds);
        _pages.Add(page.Entries);
        _bytes += page.Entries?.Bytes.Length ?? 0;
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
        var fetched = 0;
        while (cursor < _pages.Count && bytes < MostReadBytes && items < MostReadItems && fetched < MostFetchedPages)
        {
            if (_pages[cursor] is not { } page)
            {
                page = await shelf.GetAsync(cursor, cancellationToken);
                fetched++;
            }

            pages.Add(page);
            bytes += page.Bytes.Length;
            items += page.Count;
            cursor++;
        }

        return (pages, cursor);
    }

    private void Count(EntryKind[] kinds)
    {
        var failed = kinds.Count(kind => kind == EntryKind.Error);
        Failed += failed;
        Succeeded += kinds.Length - failed;
        UsesBlobs |= kinds.Contains(EntryKind.Blob);
        Wake();
    }

    private void CloseOpenPage()
    {
        if (_open.Count > 0)
        {
            Keep(_open.Take());
        }
    }

    private void Keep(PackedEntries entries)
    {
        _pages.Add(entries);
        _bytes += entries.Bytes.Length;
        if (_bytes > maxBytes)
        {
            _ = SpillAsync(_pages.Count - 1, entries);
        }
    }

    private async Task SpillAsync(int page, PackedEntries entries)
    {
        UsesBlobs = true;
        try
        {
            await shelf.PutAsync(page, entries);
            _pages[page] = null;
            _bytes -= entries.Bytes.Length;
        }
#pragma warning disable CA1031 // the page stays in memory, where it is still right
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogSpillFailed(logger, exception, batchId, entries.Bytes.Length);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {BatchId} could not move {Bytes} bytes of results out of memory and keeps them")]
    private static partial void LogSpillFailed(ILogger logger, Exception exception, string batchId, int bytes);
}
