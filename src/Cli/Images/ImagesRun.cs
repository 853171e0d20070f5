using Armature.CommandLine;
using Armature.FileSystem;
using Armature.Reporting;
using Armature.Terminal;

namespace Armature.Images;

/// <summary>One run of <c>armature images</c>: find the files, plan their outputs, skip what is up to date, make the rest.</summary>
internal sealed class ImagesRun(ImagesArguments arguments, ImagePlan plan, IImageFileWorker worker, IProgressView progress, TimeProvider timeProvider)
{
    // A run that is killed loses at most so many entries, and then makes those outputs again.
    private const int EntriesBetweenSaves = 1_000;
    private const string BatchLost = "batch_lost";

    private readonly string _stamp = PlanStamp.Of(plan);
    private readonly List<FailedItem> _failed = [];
    private readonly HashSet<PlannedFile> _ended = new(ReferenceEqualityComparer.Instance);
    private int _made;
    private bool _isBatchCancelled;

    /// <summary>Runs to the end, or until it is cancelled: the report then says so.</summary>
    /// <exception cref="UsageException">The inputs and the folder of the outputs do not go together.</exception>
    public async Task<ImagesReport> RunAsync(CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        RefuseInputAsOutput();
        var found = SourceWalk.Walk(arguments.Inputs, arguments.OutputFolder);
        var outputs = OutputPlan.Create(found.Files, arguments.OutputFolder, VariantPlan.FormatsOf(plan));
        _failed.AddRange([.. found.Failed.Select(ToFailedItem), .. outputs.Failed.Select(ToFailedItem)]);

        var manifest = await OutputManifest.LoadAsync(arguments.OutputFolder, cancellationToken);
        var pending = arguments.Existing is ExistingOutputs.Remake
            ? outputs.Files
            : [.. outputs.Files.Where(file => !manifest.IsUpToDate(file, _stamp))];
        var cancelled = await MakeAsync(pending, manifest, cancellationToken);
        var skipped = outputs.Files.Count - pending.Count;
        return new ImagesReport
        {
            Items = found.Files.Count + found.Failed.Count,
            Succeeded = skipped + _made,
            Failed = _failed,
            Seconds = Math.Round(timeProvider.GetElapsedTime(started).TotalSeconds, 3),
            Cancelled = cancelled,
            Skipped = skipped,
            Outputs = _made * plan.Variants.Length,
            Out = Path.GetFullPath(arguments.OutputFolder),
        };
    }

    private void RefuseInputAsOutput()
    {
        var output = RealPath.Of(arguments.OutputFolder);
        if (File.Exists(output))
        {
            throw new UsageException($"The --out '{arguments.OutputFolder}' is a file. Give a folder.");
        }

        if (arguments.Inputs.FirstOrDefault(input => RealPath.Comparer.Equals(RealPath.Of(input), output)) is { } same)
        {
            throw new UsageException($"The --out '{arguments.OutputFolder}' is the input '{same}'. Inputs are never overwritten: give another folder; one inside the input is fine.");
        }
    }

    private async Task<bool> MakeAsync(IReadOnlyList<PlannedFile> pending, OutputManifest manifest, CancellationToken cancellationToken)
    {
        if (pending.Count == 0)
        {
            return false;
        }

        try
        {
            await progress.ShowAsync("images", worker.Opening, async reporter =>
            {
                await foreach (var outcome in worker.ProcessAsync(pending, reporter, cancellationToken))
                {
                    Note(outcome, manifest);
                    if (manifest.Unsaved >= EntriesBetweenSaves)
                    {
                        await SaveAsync(manifest);
                    }
                }
            });

            // Only a batch that was cancelled, from wherever, leaves files without an outcome.
            return _isBatchCancelled || _ended.Count < pending.Count;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The person who cancelled is told what was finished.
            return true;
        }
        catch (ArmatureException e) when (e is not CallUnansweredException || _ended.Count > 0)
        {
            // The batch is lost as a whole: what was finished stays, and every other file is told why it was not.
            _failed.AddRange(pending.Where(file => !_ended.Contains(file)).Select(file => new FailedItem(file.Source.Path, BatchLost, e.Message)));
            return false;
        }
        finally
        {
            await SaveAsync(manifest);
        }
    }

    // To its end, also when the run is cancelled: files that were finished are told of after that.
    private static async Task SaveAsync(OutputManifest manifest)
    {
        try
        {
            await manifest.SaveAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is full: the next run makes again what this one could not note, and this one still reports.
        }
    }

    private void Note(FileOutcome outcome, OutputManifest manifest)
    {
        _ended.Add(outcome.File);
        if (outcome.Error?.Code == ItemErrorCodes.Cancelled)
        {
            // It did not fail: nobody tried it to its end.
            _isBatchCancelled = true;
            return;
        }

        if (outcome is { Error: null, Source: { } source })
        {
            _made++;
            manifest.Add(outcome.File, _stamp, source);
            return;
        }

        _failed.Add(ToFailedItem(new FailedPath(outcome.File.Source.Path, outcome.Error!)));
    }

    private static FailedItem ToFailedItem(FailedPath failed) => new(failed.Path, failed.Error.Code, failed.Error.Message);
}
