using Armature.Batching;
using Armature.Hosting;
using Armature.Storage;
using Armature.Testing;
using Armature.Testing.Images;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Images;

/// <summary>Image jobs through the engine and the client, with a processor that only notes what it is given.</summary>
public sealed class ImageBatchHandlerTests : IAsyncLifetime
{
    private static readonly ImagePlan Thumbnail = ImagePlan.Create().Variant("thumb", v => v.Resize(200).Jpeg());
    private readonly RecordingImageProcessor _processor = new();
    private ArmatureCluster? _cluster;

    private ImageClient Images => _cluster!.Client.Images;

    private InMemoryBlobStore Blobs => _cluster!.Blobs;

    public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(
        1,
        services => services.AddSingleton<IImageProcessor>(_processor),
        options => options.CpuThreads = 4,
        silo => silo.AddImages(BatchCapacity.Cpu));

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task ProcessAsync_ManySources_AnswersInTheirOrder()
    {
        var sources = Enumerable.Range(1, 50).Select(Picture).ToArray();

        var result = await Images.ProcessAsync(sources, Thumbnail);

        result.Select(item => item.Value["thumb"].Bytes).ShouldBe(sources.Select(source => source.Bytes!));
    }

    [Fact]
    public async Task ProcessAsync_NoSources_AnswersNothing() =>
        (await Images.ProcessAsync([], Thumbnail)).Count.ShouldBe(0);

    [Fact]
    public async Task ProcessAsync_Durable_IsADurableBatch()
    {
        _processor.Close();
        var processing = Images.ProcessAsync([Picture(1)], Thumbnail, new() { Id = "durable-images", Durable = true });
        await Eventually.BecomesTrueAsync(() => _processor.Waiting == 1, "the picture is being processed");

        var status = await _cluster!.Client.Batches.GetHandle<ImageResult>("durable-images").GetStatusAsync();
        _processor.Open();

        status.IsDurable.ShouldBeTrue();
        (await processing).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ProcessAsync_BadSourceAmongGood_FailsAloneWithItsCode()
    {
        var sources = new[] { Picture(1), ImageSource.FromBytes("a text"u8.ToArray()), ImageSource.FromBytes([]), Picture(2) };

        var result = await Images.ProcessAsync(sources, Thumbnail);

        result.Select(item => item.Error?.Code).ShouldBe([null, ImageErrorCodes.UnsupportedFormat, ImageErrorCodes.SourceEmpty, null]);
        result[1].Error!.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task ProcessAsync_SameSourceTwice_IsSentAndProcessedOnce()
    {
        var sources = new[] { Picture(1), Picture(2), Picture(1), Picture(1) };

        var result = await Images.ProcessAsync(sources, Thumbnail);

        result.Select(item => item.Index).ShouldBe([0, 1, 2, 3]);
        result.Select(item => item.Value["thumb"].Bytes).ShouldBe(sources.Select(source => source.Bytes!));
        _processor.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ProcessAsync_SameSourceInTwoCalls_IsDecodedOnceWhileItRuns()
    {
        _processor.Close();
        var first = Images.ProcessAsync([Picture(1), Picture(2)], Thumbnail);
        await Eventually.BecomesTrueAsync(() => _processor.Waiting == 2, "both pictures of the first call are being processed");

        var second = Images.ProcessAsync([Picture(1), Picture(3)], Thumbnail);
        await Eventually.BecomesTrueAsync(() => _processor.Waiting == 3, "the new picture of the second call is being processed");
        _processor.Open();

        (await first).Failed.ShouldBe(0);
        (await second).Failed.ShouldBe(0);
        _processor.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task ProcessAsync_SourceInTheStore_IsRead()
    {
        await Blobs.PutAsync("photos/a", Picture(5).Bytes!, CancellationToken.None);

        var result = await Images.ProcessAsync([ImageSource.FromBlob("photos/a"), ImageSource.FromBlob("photos/b")], Thumbnail);

        result[0].Value["thumb"].Bytes.ShouldBe(Picture(5).Bytes);
        result[1].Error!.Code.ShouldBe(ImageErrorCodes.SourceMissing);
    }

    [Fact]
    public async Task ProcessAsync_LargePlan_TravelsOnce()
    {
        var logo = MadePng.With(64, 64, 8, 0, [("IDAT", new byte[100_000])]);
        var plan = ImagePlan.Create().Variant("marked", v => v.Watermark(logo).Jpeg());

        var result = await Images.ProcessAsync([.. Enumerable.Range(1, 20).Select(Picture)], plan, new() { Id = "large-plan" });

        result.Failed.ShouldBe(0);
        _processor.Calls.ShouldAllBe(call => call.Plan.Variants[0].Watermarks[0].Image!.Length == logo.Length);
        _processor.Calls.Select(call => call.Plan).Distinct(ReferenceEqualityComparer.Instance).Count().ShouldBe(1);
    }

    [Fact]
    public async Task ProcessAsync_Preset_IsExpandedOnTheSilo()
    {
        var plan = ImagePlan.Create().Variant("own", v => v.Png()).Preset("thumb");

        var result = await Images.ProcessAsync([Picture(1)], plan);

        result[0].Value.Outputs.Select(o => o.Variant).ShouldBe(["own", "thumb"]);
        _processor.Calls.Single().Plan.Variants[1].Resizing!.Width.ShouldBe(200);
    }

    [Fact]
    public async Task ProcessAsync_UnknownPreset_NamesThoseThatAre()
    {
        var result = await Images.ProcessAsync([Picture(1)], ImagePlan.Create().Preset("poster"));

        result[0].Error!.Code.ShouldBe(ImageErrorCodes.PresetUnknown);
        result[0].Error!.Message.ShouldContain("thumb");
    }

    [Fact]
    public async Task ProcessAsync_DecoderDiesOnce_IsTriedAgain()
    {
        _processor.Fails = call => call == 1 ? new(ImageErrorCodes.DecoderDied, "Died.") : null;

        (await Images.ProcessAsync([Picture(1)], Thumbnail)).Failed.ShouldBe(0);
    }

    [Fact]
    public async Task ProcessAsync_DecoderDiesAlways_GivesUpAfterTwo()
    {
        _processor.Fails = _ => new(ImageErrorCodes.DecoderDied, "Died.");

        var result = await Images.ProcessAsync([Picture(1)], Thumbnail);

        result[0].Error!.Code.ShouldBe(ImageErrorCodes.DecoderDied);
        _processor.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ProcessAsync_TimeLimit_IsNotTriedAgain()
    {
        _processor.Fails = _ => new(ImageErrorCodes.DecodeTimeout, "Too long.");

        var result = await Images.ProcessAsync([Picture(1)], Thumbnail);

        result[0].Error!.Code.ShouldBe(ImageErrorCodes.DecodeTimeout);
        _processor.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ProcessAsync_PlanWithoutOutputs_IsRefusedBeforeAnythingIsSent() =>
        (await Should.ThrowAsync<ImageException>(() => Images.ProcessAsync([Picture(1)], ImagePlan.Create())))
            .Code.ShouldBe(ImageErrorCodes.PlanInvalid);

    [Fact]
    public async Task StreamAsync_ManySources_GivesEachOnce()
    {
        var sources = Enumerable.Range(1, 40).Select(Picture).ToArray();
        var seen = new List<BatchItem<ImageResult>>();

        await foreach (var item in Images.StreamAsync(sources.ToAsyncEnumerable(), Thumbnail))
        {
            seen.Add(item);
        }

        seen.OrderBy(item => item.Index).Select(item => item.Value["thumb"].Bytes).ShouldBe(sources.Select(source => source.Bytes!));
    }

    [Fact]
    public async Task ProcessAsync_Cancelled_StopsTheProcessor()
    {
        _processor.Close();
        using var stop = new CancellationTokenSource();
        var call = Images.ProcessAsync([Picture(1)], Thumbnail, cancellationToken: stop.Token);
        await Eventually.BecomesTrueAsync(() => _processor.Waiting == 1, "the picture is being processed");

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    private static ImageSource Picture(int number) => ImageSource.FromBytes(MadePng.Gray(number, 8));
}
