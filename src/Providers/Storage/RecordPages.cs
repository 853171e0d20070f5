using System.Runtime.CompilerServices;

namespace Armature.Storage;

/// <summary>Gives what is read in pages one by one, and reads the next page meanwhile.</summary>
internal static class RecordPages
{
    /// <param name="readAsync">Reads the next page; null after the last.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public static async IAsyncEnumerable<T> ReadAheadAsync<T>(
        Func<CancellationToken, Task<List<T>?>> readAsync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reading = readAsync(cancellationToken);
        while (await reading.ConfigureAwait(false) is { } page)
        {
            reading = readAsync(cancellationToken);
            foreach (var item in page)
            {
                yield return item;
            }
        }
    }
}
