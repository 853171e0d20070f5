using System.Runtime.CompilerServices;
using Armature.Batching;
using Armature.CommandLine;
using Armature.FileSystem;
using Armature.Hosting;
using Armature.Terminal;

namespace Armature.Images;

/// <summary>
/// Works on a running cluster: the files are read here, sent no faster than they are worked on, and the outputs are written here.
/// </summary>
internal sealed class ClusterImageFileWorker(ImagePlan plan, ImagesArguments arguments, ClusterAddress cluster, TimeProvider timeProvider) : IImageFileWorker
{
    private readonly long _maxSourceBytes = CommandConfiguration.Read().Images.MaxSourceBytes;

    public string Opening => "connecting to the cluster";

    public async IAsyncEnumerable<FileOutcome> ProcessAsync(
        IReadOnlyList<PlannedFile> files, IProgress<ProgressSnapshot> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await ClusterConnection.OpenAsync(cluster, arguments.Common.Verbosity, cancellationToken);
        var batches = connection.Client.Batches;
        var options = new BatchOptions { Id = Guid.CreateVersion7().ToString("N") };
        progress.Report(new ProgressSnapshot(files.Count, 0, 0, []) { Note = $"batch {options.Id}" });
        var sources = new SentFiles(files, plan, _maxSourceBytes);
        await using var watch = new BatchWatch(batches, options.Id, files.Count, progress, timeProvider);
        await foreach (var done in batches.StreamAsync<ImageJob, ImageResult>(ImageJob.HandlerName, sources.ReadAsync(() => !watch.HasEnded, cancellationToken), options, cancellationToken))
        {
            yield return await WriteAsync(sources[done.Index], done, cancellationToken);
        }

        foreach (var unreadable in sources.Unreadable)
        {
            yield return unreadable;
        }
    }

    private async Task<FileOutcome> WriteAsync(SentFile sent, BatchItem<ImageResult> done, CancellationToken cancellationToken)
    {
        if (!done.IsSuccess)
        {
            return new FileOutcome(sent.File, null, done.Error);
        }

        var paths = sent.File.Outputs.Select(output => Path.Combine(arguments.OutputFolder, output));
        var error = await ImageFileWriter.TryWriteAsync(paths, done.Value, cancellationToken);
        return new FileOutcome(sent.File, error is null ? sent.Source : null, error);
    }
}
