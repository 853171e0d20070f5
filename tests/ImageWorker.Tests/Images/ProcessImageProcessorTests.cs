using System.Diagnostics;
using Armature.Hosting;
using Armature.Processes;
using static Armature.Images.TestPictures;

namespace Armature.Images;

public sealed class ProcessImageProcessorTests(SharedWorkers shared) : ImageProcessorContract, IClassFixture<SharedWorkers>, IAsyncDisposable
{
    private static readonly ImagePlan Thumbnail = ImagePlan.Create().Variant("one", v => v.Resize(20, 20).Jpeg());

    // The slowest AVIF there is: many seconds, and nothing but a kill ends it.
    private static readonly ImagePlan SlowPlan = ImagePlan.Create().Variant("one", v => v.Avif(effort: 9));
    private static readonly byte[] Slow = Photo(2400, 1600);

    private readonly List<ProcessImageProcessor> _created = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var processor in _created)
        {
            await processor.DisposeAsync();
        }
    }

    [Fact]
    public async Task ProcessAsync_WorkerIsKilledMidImage_IsThatImagesErrorAndTheNextSucceeds()
    {
        var processor = await StartAsync(new ArmatureOptions { CpuThreads = 1 });
        var running = processor.ProcessAsync(Slow, SlowPlan, TestContext.Current.CancellationToken);
        using (var worker = Process.GetProcessById(processor.ProcessIds.ShouldHaveSingleItem()))
        {
            worker.Kill();
        }

        (await Should.ThrowAsync<ImageException>(() => running)).Code.ShouldBe(ImageErrorCodes.DecoderDied);

        (await ThumbnailAsync(processor)).Outputs.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ProcessAsync_OverTheTimeLimit_FailsWithItsCodeAndTheNextSucceeds()
    {
        var options = new ArmatureOptions { CpuThreads = 1 };
        options.Images.TimeLimit = TimeSpan.FromMilliseconds(500);
        var processor = await StartAsync(options);

        var error = await Should.ThrowAsync<ImageException>(
            () => processor.ProcessAsync(Slow, SlowPlan, TestContext.Current.CancellationToken));

        error.Code.ShouldBe(ImageErrorCodes.DecodeTimeout);
        error.Message.ShouldContain("0.5 seconds");
        (await ThumbnailAsync(processor)).Outputs.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ProcessAsync_NeedsMoreMemoryThanAllowed_FailsWithItsCodeAndTheNextSucceeds()
    {
        var options = new ArmatureOptions { CpuThreads = 1 };
        options.Images.MemoryLimitBytes = 256L << 20;
        options.Images.MaxPixels = 500_000_000;
        var processor = await StartAsync(options);

        var error = await Should.ThrowAsync<ImageException>(
            () => processor.ProcessAsync(Quarters(9000, 7000), ImagePlan.Create().Variant("one", v => v.Avif(effort: 0)), TestContext.Current.CancellationToken));

        error.Code.ShouldBe(ImageErrorCodes.DecodeOutOfMemory, error.ToString());
        error.Message.ShouldContain("256 MiB");
        (await ThumbnailAsync(processor)).Outputs.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ProcessAsync_OneWorkerDies_NeighboursAreDone()
    {
        var processor = await StartAsync(new ArmatureOptions { CpuThreads = 2 });
        var doomed = processor.ProcessAsync(Slow, SlowPlan, TestContext.Current.CancellationToken);
        var before = processor.ProcessIds;
        var neighbours = Enumerable.Range(0, 20).Select(_ => ThumbnailAsync(processor)).ToList();
        await Task.WhenAll(neighbours);

        using (var worker = Process.GetProcessById(before.MaxBy(id => Process.GetProcessById(id).TotalProcessorTime)))
        {
            worker.Kill();
        }

        await Should.ThrowAsync<ImageException>(() => doomed);
        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ThumbnailAsync(processor)))).Length.ShouldBe(20);
    }

    [Fact]
    public async Task ProcessAsync_Cancelled_GivesThePictureUp()
    {
        using var cancellation = new CancellationTokenSource();
        var processor = await StartAsync(new ArmatureOptions { CpuThreads = 1 });
        var running = processor.ProcessAsync(Slow, SlowPlan, cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        (await ThumbnailAsync(processor)).Outputs.ShouldHaveSingleItem();
    }

    [Fact]
    public void Constructor_WorkerIsMissing_SaysWhereItWasExpected()
    {
        var options = new ArmatureOptions();
        options.Images.WorkerPath = "/nowhere/worker";

        var error = Should.Throw<ProcessStartException>(() => New(options));

        error.Message.ShouldContain("/nowhere/worker.dll");
    }

    protected override IImageProcessor Create(ImagesOptions options) => shared.For(options);

    private static Task<ImageResult> ThumbnailAsync(ProcessImageProcessor processor) =>
        processor.ProcessAsync(Quarters(40, 40), Thumbnail, TestContext.Current.CancellationToken);

    private async Task<ProcessImageProcessor> StartAsync(ArmatureOptions options)
    {
        var processor = New(options);
        await processor.StartAsync(TestContext.Current.CancellationToken);
        return processor;
    }

    private ProcessImageProcessor New(ArmatureOptions options)
    {
        var processor = SharedWorkers.New(options);
        _created.Add(processor);
        return processor;
    }
}
