using System.Runtime.CompilerServices;
using Armature.FileSystem;
using Armature.Terminal;

namespace Armature.Images;

/// <summary>
/// Writes outputs that say what they were made from. By the word in its name a file fails ("bad"), is cancelled on its way
/// ("cancelled"), or is never sent because its batch has ended ("unsent").
/// </summary>
internal sealed class FakeImageFileWorker(string outputFolder) : IImageFileWorker
{
    /// <summary>The relative paths that were worked on, in all calls.</summary>
    public List<string> Worked { get; } = [];

    /// <summary>Called before each file.</summary>
    public Action<PlannedFile> Before { get; set; } = _ => { };

    public string Opening => "starting";

    public async IAsyncEnumerable<FileOutcome> ProcessAsync(
        IReadOnlyList<PlannedFile> files, IProgress<ProgressSnapshot> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            if (file.Source.RelativePath.Contains("unsent", StringComparison.Ordinal))
            {
                yield break;
            }

            Before(file);
            cancellationToken.ThrowIfCancellationRequested();
            yield return await WorkAsync(file, cancellationToken);
        }
    }

    private async Task<FileOutcome> WorkAsync(PlannedFile file, CancellationToken cancellationToken)
    {
        Worked.Add(file.Source.RelativePath);
        if (file.Source.RelativePath.Contains("bad", StringComparison.Ordinal))
        {
            return new FileOutcome(file, null, new ItemError("decode_failed", "Damaged."));
        }

        if (file.Source.RelativePath.Contains("cancelled", StringComparison.Ordinal))
        {
            return new FileOutcome(file, null, new ItemError(ItemErrorCodes.Cancelled, "Cancelled."));
        }

        var stamp = FileStamp.Of(file.Source.Path)!.Value;
        foreach (var output in file.Outputs)
        {
            await AtomicFile.WriteAsync(Path.Combine(outputFolder, output), await File.ReadAllBytesAsync(file.Source.Path, cancellationToken), cancellationToken);
        }

        return new FileOutcome(file, stamp, null);
    }
}
