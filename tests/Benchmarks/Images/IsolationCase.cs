using System.Globalization;
using Armature.Images;
using NetVips;

namespace Armature.Benchmarks;

/// <summary>What it costs to have a picture processed by another process: the way there and back, one picture after the other.</summary>
internal static class IsolationCase
{
    private const int Rounds = 5;
    private const int Pictures = 200;

    public static async Task<BenchmarkCase> RunAsync(BenchmarkSilo silo, byte[] picture)
    {
        var small = Small(picture);
        var plan = ImagePlan.Create().Variant("thumb", variant => variant.Resize(200, 200).Jpeg(quality: 80));
        var (inProcess, isolated) = await Measure.InTurnAsync(
            Rounds,
            () => RunAsync(new NetVipsImageProcessor(new()), small, plan),
            () => RunAsync(silo.Services.GetRequiredService<ProcessImageProcessor>(), small, plan));
        return new(
            "images-isolation",
            "NetVips in process",
            inProcess,
            isolated,
            1,
            Rounds,
            string.Create(CultureInfo.InvariantCulture, $"{Pictures} pictures of 640 px to 200 px, one after the other; {(isolated - inProcess) / Pictures:F2} ms a picture for isolation"));
    }

    private static async Task RunAsync(IImageProcessor processor, byte[] picture, ImagePlan plan)
    {
        for (var i = 0; i < Pictures; i++)
        {
            await processor.ProcessAsync(picture, plan, CancellationToken.None);
        }
    }

    private static byte[] Small(byte[] picture)
    {
        using var image = Image.ThumbnailBuffer(picture, 640);
        return image.JpegsaveBuffer(q: 85);
    }
}
