using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Armature.Batching;
using Armature.CommandLine;
using Armature.FileSystem;
using Armature.Hosting;
using Armature.Terminal;

namespace Armature.Images;

/// <summary>Works on the cores of this machine: a silo starts inside the command, reads the files itself and writes the outputs.</summary>
internal sealed class EmbeddedImageFileWorker(ImagePlan plan, string outputFolder, Verbosity verbosity, TimeProvider timeProvider) : IImageFileWorker
{
    // A decoder in a child process is killed at once; one in this process ends its picture first.
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(1);

    private readonly FilesInWork _inWork = new();
    private ExceptionDispatchInfo? _failure;

    public string Opening => "starting a silo on this machine";

    public async IAsyncEnumerable<FileOutcome> ProcessAsync(
        IReadOnlyList<PlannedFile> files, IProgress<ProgressSnapshot> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = new HashSet<int>();
        await using var items = RunBatchAsync(files, progress, cancellationToken).GetAsyncEnumerator(CancellationToken.None);
        while (await MoveNextAsync(items))
        {
            told.Add(items.Current.Index);
            yield return ToOutcome(files, items.Current);
        }

        // Written, but not told of before the batch was given up.
        foreach (var (index, source) in _inWork.Finished.Where(finished => !told.Contains(finished.Key)))
        {
            yield return new FileOutcome(files[index], source, null);
        }

        _failure?.Throw();
    }

    private async Task<bool> MoveNextAsync(IAsyncEnumerator<BatchItem<ImageFileResult>> items)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
            return false;
        }
    }

    // An item may be cancelled between its last output and its answer.
    private FileOutcome ToOutcome(IReadOnlyList<PlannedFile> files, BatchItem<ImageFileResult> done) => done switch
    {
        { IsSuccess: true } => new FileOutcome(files[done.Index], done.Value.Source, null),
        _ when _inWork.Finished.TryGetValue(done.Index, out var source) => new FileOutcome(files[done.Index], source, null),
        _ => new FileOutcome(files[done.Index], null, done.Error),
    };

    private async IAsyncEnumerable<BatchItem<ImageFileResult>> RunBatchAsync(
        IReadOnlyList<PlannedFile> files, IProgress<ProgressSnapshot> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var silo = await EmbeddedSilo.StartAsync(verbosity, static options => options.Images.Enabled = true, AddHandler, timeProvider, cancellationToken);
        var batches = silo.Services.GetRequiredService<ArmatureClient>().Batches;
        var options = new BatchOptions { Id = Guid.CreateVersion7().ToString("N") };
        await using var watch = new BatchWatch(batches, options.Id, files.Count, progress, timeProvider);
        try
        {
            await foreach (var done in batches.StreamAsync<ImageFile, ImageFileResult>(ImageFileHandler.Name, files.Select(ToItem).ToAsyncEnumerable(), options, cancellationToken))
            {
                yield return done;
            }
        }
        finally
        {
            await Task.WhenAny(_inWork.WhenNoneAsync(), Task.Delay(TimeToFinish, timeProvider, CancellationToken.None));
        }
    }

    private ImageFile ToItem(PlannedFile file) => new()
    {
        Path = Path.GetFullPath(file.Source.Path),
        Outputs = [.. file.Outputs.Select(output => Path.GetFullPath(Path.Combine(outputFolder, output)))],
    };

    private void AddHandler(IServiceCollection services)
    {
        services.AddSingleton(_inWork);
        services.AddSingleton(new ImageFilePlan(plan));
        services.AddBatchHandler<ImageFileHandler>(ImageFileHandler.Name, options => options.Capacity = BatchCapacity.CpuAndOne);
    }
}
