using Armature.Testing.Images;
using Armature.Testing.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Images;

public sealed class HostileImagesTests
{
    // It takes about 160 MiB, and 580 where the pictures are processed in it.
    private const long Bound = 300L << 20;

    private static readonly (byte[] Source, string? Code)[] Pictures =
    [
        (MadePng.Gray(3, 14_400_000, bitDepth: 1), ImageErrorCodes.ImageTooLarge),
        (MadePng.Gray(30_000, 30_000, bitDepth: 1), ImageErrorCodes.ImageTooLarge),
        (MadeGif.WithFrames(1, 1, 100_000), ImageErrorCodes.TooManyFrames),
        (MadeJpeg.Headers(4_000, 4_000, frameMarker: 0xC2, scans: 883), ImageErrorCodes.ImageTooCostly),
        (MadeAvif.Headers((30_000, 30_000)), ImageErrorCodes.ImageTooLarge),
        (MadeWebP.Lossless(16_383, 16_383), ImageErrorCodes.ImageTooLarge),
        (MadeTiff.Headers(1_000_000, 1_000_000), ImageErrorCodes.ImageTooLarge),
        (MadePng.WithPackedTexts(), null),
        (MadePng.Gray(5_000, 5_000), null),
        (MadePng.Gray(320, 240), null),
    ];

    [Fact]
    public async Task ProcessAsync_HostilePicturesAgainAndAgain_TheSiloStaysSmallAndGoodNeighboursAreDone()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 1);
        var client = cluster.Client.GetRequiredService<ArmatureClient>();
        var sources = Pictures.Select(picture => ImageSource.FromBytes(picture.Source)).ToArray();
        var plan = ImagePlan.Create().Variant("all", variant => variant.Avif(effort: 0));

        for (var round = 0; round < 3; round++)
        {
            var result = await client.Images.ProcessAsync(sources, plan);

            result.Select(picture => picture.Error?.Code).ShouldBe(Pictures.Select(picture => picture.Code));
        }

        ProcessTree.PeakMemoryOf(cluster.Silos[0].Id).ShouldBeLessThan(Bound);
    }
}
