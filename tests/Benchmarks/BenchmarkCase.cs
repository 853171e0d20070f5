namespace Armature.Benchmarks;

/// <summary>One row of a suite: our time, and the baseline's where there is one. Times are medians in milliseconds.</summary>
internal sealed record BenchmarkCase(
    string Name,
    string Baseline,
    double? BaselineMs,
    double OursMs,
    double? LimitRatio,
    int Rounds,
    string Note)
{
    /// <summary>Above 1 we are faster than the baseline.</summary>
    public double? Ratio => BaselineMs / OursMs;
}
