using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Armature.Storage;

/// <summary>A few connections that read one record file; who finds none free waits.</summary>
internal sealed class SqliteReaders(string path) : IAsyncDisposable
{
    private const int MaxReaders = 4;

    private readonly SemaphoreSlim _places = new(MaxReaders);
    private readonly ConcurrentBag<SqliteReader> _idle = [];

    /// <exception cref="RecordStoreException">The file could not be read.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteReader, T> read, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(read), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Waits for those who read, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < MaxReaders; i++)
        {
            await _places.WaitAsync().ConfigureAwait(false);
        }

        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }

        _places.Dispose();
    }

    private T Read<T>(Func<SqliteReader, T> read)
    {
        SqliteReader? reader = null;
        try
        {
            reader = _idle.TryTake(out var idle) ? idle : new SqliteReader(path);
            var result = read(reader);
            _idle.Add(reader);
            return result;
        }
        catch (Exception error)
        {
            // It may be in the middle of a read.
            reader?.Dispose();
            throw error is SqliteException failure ? SqliteFailure.Describe(path, failure) : error;
        }
    }
}
