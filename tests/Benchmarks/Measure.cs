using System.Diagnostics;

namespace Armature.Benchmarks;

/// <summary>Takes times: the two sides in turn, after a warm-up of each, and the median of the rounds.</summary>
internal static class Measure
{
    public static async Task<(double BaselineMs, double OursMs)> InTurnAsync(int rounds, Func<Task> baseline, Func<Task> ours)
    {
        await baseline();
        await ours();
        var baselines = new double[rounds];
        var own = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            baselines[i] = await TimeAsync(baseline);
            own[i] = await TimeAsync(ours);
        }

        return (Median(baselines), Median(own));
    }

    /// <summary>Runs the sides in turn until each has run for a while: what is compiled anew while it runs often is then compiled.</summary>
    public static Task WarmUpAsync(params IReadOnlyList<Func<Task>> sides) => WarmUpAsync(TimeSpan.FromSeconds(5), sides);

    /// <summary>Runs the sides in turn, for as long a side.</summary>
    public static async Task WarmUpAsync(TimeSpan each, params IReadOnlyList<Func<Task>> sides)
    {
        var until = each * sides.Count;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < until;)
        {
            foreach (var side in sides)
            {
                await side();
            }
        }
    }

    public static async Task<double> MedianAsync(int rounds, Func<Task> work)
    {
        await work();
        var times = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            times[i] = await TimeAsync(work);
        }

        return Median(times);
    }

    public static async Task<double> TimeAsync(Func<Task> work)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public static double Median(IReadOnlyCollection<double> times) => Percentile(times, 0.5);

    public static double Percentile(IReadOnlyCollection<double> times, double rank)
    {
        var sorted = times.Order().ToArray();
        return sorted[(int)Math.Clamp(Math.Ceiling(rank * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
