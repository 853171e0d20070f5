namespace Armature.Storage;

/// <summary>Reads a partition's records page by page.</summary>
internal sealed class SqliteScan(SqliteReaders readers, string partition, string prefix)
{
    private readonly SqliteRange _range = new(prefix);
    private long? _number;

    /// <summary>The next page; null after the last.</summary>
    public async Task<List<RecordEntry>?> ReadPageAsync(CancellationToken cancellationToken)
    {
        var page = await readers.ReadAsync(Read, cancellationToken).ConfigureAwait(false);
        if (page.Count == 0)
        {
            return null;
        }

        _range.GoOnAfter(page[^1].Key);
        return page;
    }

    // The number is looked up once: a partition that is deleted and made anew meanwhile is another one.
    private List<RecordEntry> Read(SqliteReader reader) =>
        (_number ??= reader.Find(partition)) is { } number ? reader.Scan(number, _range.From, _range.To) : [];
}
