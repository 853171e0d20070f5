namespace Armature.Storage;

/// <summary>One of a store's files: its committer and its readers.</summary>
internal sealed class SqliteRecordFile(string path) : IAsyncDisposable
{
    public SqliteCommitter Committer { get; } = new(path);

    public SqliteReaders Readers { get; } = new(path);

    public async ValueTask DisposeAsync()
    {
        // The last connection to close empties the write-ahead log into the file.
        await Readers.DisposeAsync().ConfigureAwait(false);
        await Committer.DisposeAsync().ConfigureAwait(false);
    }
}
