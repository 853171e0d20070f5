namespace Armature.Benchmarks;

/// <summary>Items whose times differ as those of real work do: most are short, a few are long.</summary>
internal static class Workload
{
    private const int Seed = 17;
    private const int Count = 600;
    private const double MedianMs = 40;
    private const double Sigma = 0.9;

    /// <summary>Milliseconds of each item, log-normal, the same every time.</summary>
    public static int[] Items { get; } = Draw(new Random(Seed));

    public static string Description => $"{Count} items, log-normal (median {MedianMs} ms, sigma {Sigma})";

    /// <summary>No schedule is shorter: all work over all speed, or the longest item on a fast slot.</summary>
    /// <param name="slowness">For each silo, how many times as long as on a fast one its work takes.</param>
    public static double IdealMs(IEnumerable<int> slowness) =>
        Math.Max(Items.Sum() / slowness.Sum(times => (double)SiloSlots.Count / times), Items.Max());

    private static int[] Draw(Random random) =>
        [.. Enumerable.Range(0, Count).Select(_ => Math.Max(1, (int)Math.Round(MedianMs * Math.Exp(Sigma * Normal(random)))))];

    // Box and Muller.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
