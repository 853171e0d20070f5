using Armature.Batching;
using Armature.Clustering;
using Armature.Testing;
using Armature.Testing.Processes;

namespace Armature.Chaos;

/// <summary>Runs a schedule, and holds every batch to its promise.</summary>
internal sealed class ScheduleRun(ChaosCluster cluster, ChaosSchedule schedule, Story story)
{
    private static readonly TimeSpan BriefFreeze = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    private readonly List<ChaosBatch> _batches = [];
    private readonly HashSet<ChaosBatch> _cancelled = [];

    /// <summary>How many batches ended in each way.</summary>
    public SortedDictionary<string, int> Endings { get; } = new(StringComparer.Ordinal);

    /// <summary>Items with a result.</summary>
    public int Succeeded { get; private set; }

    /// <summary>Items whose silo died twice with them.</summary>
    public int Died { get; private set; }

    public async Task RunAsync()
    {
        foreach (var (items, options) in schedule.Batches)
        {
            var batch = await ChaosBatch.SubmitAsync(cluster.Client, items, options);
            _batches.Add(batch);
            story.Tell($"batch {_batches.Count}, {(options.Durable ? "durable" : "plain")}, has {batch.Count} items{(items.Any(item => item.IsPoison) ? ", one of them poison" : "")}");
        }

        foreach (var step in schedule.Steps)
        {
            await Task.Delay(step.After, TimeProvider.System, CancellationToken.None);
            await DoAsync(step);
        }

        foreach (var batch in _batches)
        {
            await EndsWellAsync(batch);
        }
    }

    private async Task DoAsync(ChaosStep step)
    {
        switch (step.Act)
        {
            case ChaosAct.Join:
                story.Tell($"{cluster.Name(cluster.Launch())} joins");
                break;
            case ChaosAct.RestartRedis:
                story.Tell("Redis is restarted");
                await cluster.Redis.RestartAsync();
                break;
            case ChaosAct.KillRedis:
                story.Tell("Redis is killed and started again");
                await cluster.Redis.KillAsync();
                await cluster.Redis.RestartAsync();
                break;
            case ChaosAct.PauseRedis:
                await cluster.FreezeRedisAsync();
                break;
            case ChaosAct.Cancel:
                await CancelAsync(_batches[step.Choice % _batches.Count]);
                break;
            default:
                await HitAsync(step);
                break;
        }
    }

    private async Task HitAsync(ChaosStep step)
    {
        var silo = cluster.Members[step.Choice % cluster.Members.Count];
        story.Tell($"{step.Act}: {cluster.Name(silo)}");
        switch (step.Act)
        {
            case ChaosAct.Kill:
                silo.Kill();
                break;
            case ChaosAct.Stop:
                silo.Terminate();
                break;
            case ChaosAct.FreezeBriefly:
                silo.Freeze();
                await Task.Delay(BriefFreeze, TimeProvider.System, CancellationToken.None);
                silo.Thaw();
                break;
            default:
                silo.Freeze();
                await Eventually.BecomesTrueAsync(() => IsDeadForOthersAsync(silo), "the frozen silo is dead for the others, or alone");
                silo.Thaw();
                story.Tell($"{cluster.Name(silo)} goes on");
                break;
        }
    }

    private async Task<bool> IsDeadForOthersAsync(SiloProcess silo)
    {
        foreach (var other in cluster.Members.Where(member => member != silo))
        {
            try
            {
                if (await other.GetStatusOfAsync(silo) is "Active" or "ShuttingDown")
                {
                    return false;
                }
            }
            catch (HttpRequestException)
            {
                // It is not up yet, or no longer.
            }
        }

        return true;
    }

    private async Task CancelAsync(ChaosBatch batch)
    {
        story.Tell($"batch {_batches.IndexOf(batch) + 1} is cancelled");
        _cancelled.Add(batch);
        try
        {
            await batch.CancelAsync();
        }
        catch (ArmatureException lost)
        {
            story.Tell($"it cannot be: {lost.Message}");
        }
    }

    private async Task EndsWellAsync(ChaosBatch batch)
    {
        var name = $"batch {_batches.IndexOf(batch) + 1}";
        var ending = "complete";
        try
        {
            await batch.Reading.WaitAsync(Bound);
            batch.Done.ShouldBe(batch.Count, name);
            CheckItems(batch, name);
        }
        catch (ArmatureException lost) when (!batch.IsDurable)
        {
            // A plain batch dies with its coordinator, and says so.
            ending = "lost";
            story.Tell($"{name} is lost: {lost.Message}");
        }

        story.Tell($"{name} ended: {ending}, {batch.Done} of {batch.Count} results were read");
        Endings[ending] = Endings.GetValueOrDefault(ending) + 1;
    }

    private void CheckItems(ChaosBatch batch, string name)
    {
        foreach (var item in batch.Results.Select(item => item!))
        {
            if (item.IsSuccess)
            {
                Succeeded++;
                continue;
            }

            // Whoever was on two silos that died is taken for their murderer, innocent or not.
            var allowed = _cancelled.Contains(batch) ? new[] { ItemErrorCodes.ProcessDied, ItemErrorCodes.Cancelled } : [ItemErrorCodes.ProcessDied];
            item.Error.Code.ShouldBeOneOf(allowed);
            Died += item.Error.Code == ItemErrorCodes.ProcessDied ? 1 : 0;
            if (item.Error.Code == ItemErrorCodes.ProcessDied)
            {
                story.Tell($"{name}, item {item.Index}: {item.Error.Message}");
            }
        }
    }
}
