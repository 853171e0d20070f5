using NetVips;

namespace Armature.Benchmarks;

/// <summary>The limit of the machine: NetVips in this process, one decode a picture, as many threads as we have, no isolation.</summary>
internal static class PlainLoop
{
    public static Task RunAsync(IReadOnlyList<byte[]> pictures, int threads) => Task.Run(() =>
        Parallel.ForEach(pictures, new ParallelOptions { MaxDegreeOfParallelism = threads }, Make));

    private static void Make(byte[] picture)
    {
        using var decoded = Image.ThumbnailBuffer(picture, 1920, "fail-on=error", height: 1920, size: Enums.Size.Down);
        using var large = decoded.CopyMemory();
        large.WebpsaveBuffer(q: 80, effort: 2, keep: Enums.ForeignKeep.None);
        using var small = large.ThumbnailImage(200, height: 200, size: Enums.Size.Down);
        small.JpegsaveBuffer(q: 80, optimizeCoding: false, keep: Enums.ForeignKeep.None);
    }
}
