namespace Armature.Storage;

/// <summary>Reads the names of the partitions in some files page by page.</summary>
internal sealed class SqliteListing(IReadOnlyList<SqliteReaders> files, string prefix)
{
    private SqliteRange _range = new(prefix);
    private int _file;

    /// <summary>The next page; null after the last.</summary>
    public async Task<List<string>?> ReadPageAsync(CancellationToken cancellationToken)
    {
        for (; _file < files.Count; _file++)
        {
            var page = await files[_file].ReadAsync(reader => reader.List(_range.From, _range.To), cancellationToken).ConfigureAwait(false);
            if (page.Count > 0)
            {
                _range.GoOnAfter(page[^1]);
                return page;
            }

            _range = new(prefix);
        }

        return null;
    }
}
