using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Armature.FileSystem;

namespace Armature.Images;

/// <summary>Reads files as the items of a batch, and knows which item is which file: what cannot be read becomes no item.</summary>
internal sealed class SentFiles(IReadOnlyList<PlannedFile> files, ImagePlan plan, long maxSourceBytes)
{
    private readonly ConcurrentDictionary<int, SentFile> _sent = new();
    private readonly ConcurrentQueue<FileOutcome> _unreadable = new();

    /// <summary>The files that could not be read; all of them once the items have been read to their end.</summary>
    public IEnumerable<FileOutcome> Unreadable => _unreadable;

    /// <summary>The file of an item.</summary>
    public SentFile this[int index] => _sent[index];

    /// <summary>Reads the files one after the other, as they are asked for.</summary>
    /// <param name="isWanted">Asked before each file: false ends the reading.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async IAsyncEnumerable<ImageJob> ReadAsync(Func<bool> isWanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files.TakeWhile(_ => isWanted()))
        {
            if (await TryReadAsync(file, cancellationToken) is { } source)
            {
                yield return new ImageJob { Source = source, Plan = plan };
            }
        }
    }

    private async Task<ImageSource?> TryReadAsync(PlannedFile file, CancellationToken cancellationToken)
    {
        try
        {
            var (stamp, bytes) = await ImageFileReader.ReadAsync(file.Source.Path, maxSourceBytes, cancellationToken);
            _sent[_sent.Count] = new SentFile(file, stamp);
            return ImageSource.FromBytes(bytes);
        }
        catch (Exception e) when (ImageFileErrors.Of(e) is { } error)
        {
            _unreadable.Enqueue(new FileOutcome(file, null, error));
            return null;
        }
    }
}
