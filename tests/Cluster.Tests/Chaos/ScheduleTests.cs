using System.Globalization;

namespace Armature.Chaos;

/// <summary>
/// Random schedules. Three of them, or as many as ARMATURE_CHAOS_SCHEDULES says, or as many as fit into ARMATURE_CHAOS_SOAK (a duration
/// such as 01:00:00). A schedule that fails says its seed; ARMATURE_CHAOS_SEED runs that one alone.
/// </summary>
[Collection(ChaosCollection.Name)]
public sealed class ScheduleTests(ChaosCluster cluster, ITestOutputHelper output)
{
    private const int Usual = 3;

    private readonly SortedDictionary<string, int> _endings = new(StringComparer.Ordinal);
    private int _schedules;
    private int _succeeded;
    private int _died;

    [Fact]
    public async Task Run_RandomSchedules_EveryBatchKeepsItsPromise()
    {
        var began = TimeProvider.System.GetTimestamp();
        foreach (var seed in Seeds())
        {
            try
            {
                await RunAsync(ChaosSchedule.Draw(seed));
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"The schedule of seed {seed} failed; ARMATURE_CHAOS_SEED={seed} runs it again.", error);
            }
        }

        output.WriteLine(
            $"{_schedules} schedules in {TimeProvider.System.GetElapsedTime(began).TotalMinutes:F1} min, {cluster.Deaths} processes ended: "
            + $"batches {string.Join(", ", _endings.Select(ending => $"{ending.Key} {ending.Value}"))}; items with a result {_succeeded}, charged with two deaths {_died}");
    }

    private static IEnumerable<int> Seeds()
    {
        if (Environment.GetEnvironmentVariable("ARMATURE_CHAOS_SEED") is { } seed)
        {
            return [int.Parse(seed, CultureInfo.InvariantCulture)];
        }

        if (Environment.GetEnvironmentVariable("ARMATURE_CHAOS_SOAK") is { } soak)
        {
            return SeedsFor(TimeSpan.Parse(soak, CultureInfo.InvariantCulture));
        }

        var count = int.Parse(Environment.GetEnvironmentVariable("ARMATURE_CHAOS_SCHEDULES") ?? $"{Usual}", CultureInfo.InvariantCulture);
        return Enumerable.Range(0, count).Select(_ => Random.Shared.Next());
    }

    private static IEnumerable<int> SeedsFor(TimeSpan time)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < time)
        {
            yield return Random.Shared.Next();
        }
    }

    private async Task RunAsync(ChaosSchedule schedule)
    {
        output.WriteLine($"seed {schedule.Seed}: {string.Join(", ", schedule.Steps.Select(step => step.Act))}");
        using var story = await cluster.BeginAsync(output);
        var run = new ScheduleRun(cluster, schedule, story);
        await run.RunAsync();

        _schedules++;
        _succeeded += run.Succeeded;
        _died += run.Died;
        foreach (var (ending, count) in run.Endings)
        {
            _endings[ending] = _endings.GetValueOrDefault(ending) + count;
        }
    }
}
