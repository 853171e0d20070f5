using System.Globalization;
using Armature.Batching;
using Armature.Images;
using Armature.Testing;
using NetVips;

namespace Armature.Benchmarks;

/// <summary>Image jobs through the engine, isolated in child processes, against the machine's limit, against sharp, and against themselves.</summary>
internal static class ImagesSuite
{
    private const int Rounds = 5;

    // The two sides differ by a few percent, as much as one round from the next.
    private const int PlainLoopRounds = 11;
    private const int Pictures = 40;
    private const int PngPictures = 20;
    private static readonly int[] Widths = [1920, 1280, 640, 200];

    public static async Task<IReadOnlyList<BenchmarkCase>> RunAsync()
    {
        using var folder = new TemporaryFolder();
        var pictures = await DrawAsync(folder.Path);
        var pngs = pictures.Take(PngPictures).Select(ToPng).ToArray();
        await using var silo = await BenchmarkSilo.StartAsync(_ => { });
        var threads = silo.Options.CpuThreads;
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        return
        [
            await PlainLoopAsync(silo.Client, pictures, threads),
            await SharpAsync(silo.Client, pictures, folder.Path, threads),
            await FourVariantsAsync(silo.Client, "images-four-variants-vs-four-plans", pictures, "at least 1.8"),
            await FourVariantsAsync(silo.Client, "images-four-variants-png", pngs, "at least 2.3"),
            await IsolationCase.RunAsync(silo, pictures[0]),
        ];
    }

    private static ImagePlan TwoVariants => ImagePlan.Create()
        .Variant("large", variant => variant.Resize(1920, 1920).WebP(quality: 80, effort: 2))
        .Variant("thumb", variant => variant.Resize(200, 200).Jpeg(quality: 80));

    private static async Task<BenchmarkCase> PlainLoopAsync(ArmatureClient client, byte[][] pictures, int threads)
    {
        var (baseline, ours) = await Measure.InTurnAsync(
            PlainLoopRounds,
            () => PlainLoop.RunAsync(pictures, threads),
            () => ProcessAsync(client, pictures, TwoVariants));
        return new("images-vs-plain-loop", $"Parallel.ForEach over NetVips in process, {threads} threads", baseline, ours, 1, PlainLoopRounds, $"{pictures.Length} pictures of 6 MP to 200 px JPEG and 1920 px WebP; at least 0.95");
    }

    private static async Task<BenchmarkCase> SharpAsync(ArmatureClient client, byte[][] pictures, string folder, int threads)
    {
        await using var sharp = await NodeLoop.StartAsync("Images/Sharp", threads, folder, threads.ToString(CultureInfo.InvariantCulture));
        var (baseline, ours) = await Measure.InTurnAsync(Rounds, sharp.RunAsync, () => ProcessAsync(client, pictures, TwoVariants));
        return new("images-vs-sharp", $"npm sharp 0.35.5, {threads} threads", baseline, ours, null, Rounds, "the same work; above 1");
    }

    private static async Task<BenchmarkCase> FourVariantsAsync(ArmatureClient client, string name, byte[][] pictures, string goal)
    {
        var four = Widths.Aggregate(ImagePlan.Create(), (plan, width) => plan.Variant($"w{width}", Step(width)));
        var single = Widths.Select(width => ImagePlan.Create().Variant($"w{width}", Step(width))).ToArray();
        var (baseline, ours) = await Measure.InTurnAsync(
            Rounds,
            async () =>
            {
                foreach (var plan in single)
                {
                    await ProcessAsync(client, pictures, plan);
                }
            },
            () => ProcessAsync(client, pictures, four));
        return new(name, "four plans of one variant", baseline, ours, null, Rounds, $"{pictures.Length} pictures to {string.Join('/', Widths)} px JPEG in one plan; {goal}");
    }

    private static Func<ImageVariant, ImageVariant> Step(int width) => variant => variant.Resize(width, width).Jpeg(quality: 80);

    private static async Task ProcessAsync(ArmatureClient client, byte[][] pictures, ImagePlan plan)
    {
        var result = await client.Images.ProcessAsync([.. pictures.Select(ImageSource.FromBytes)], plan);
        if (result.FirstOrDefault(item => !item.IsSuccess) is { } failed)
        {
            throw new InvalidOperationException($"Picture {failed.Index} failed: {failed.Error}");
        }
    }

    private static async Task<byte[][]> DrawAsync(string folder)
    {
        var pictures = new byte[Pictures][];
        await Parallel.ForAsync(0, Pictures, async (i, cancellationToken) =>
        {
            pictures[i] = SamplePictures.Draw(i, cancellationToken);
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{i:D2}.jpg"), pictures[i], cancellationToken);
        });
        return pictures;
    }

    private static byte[] ToPng(byte[] picture)
    {
        using var image = Image.NewFromBuffer(picture);
        return image.PngsaveBuffer();
    }
}
