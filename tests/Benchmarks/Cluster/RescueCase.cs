using Armature.Batching;
using Armature.Testing;
using Armature.Testing.Processes;
using Armature.TestSilo;
using Orleans.Runtime;

namespace Armature.Benchmarks;

/// <summary>From the SIGKILL of a silo in the middle of a batch until all that it had runs elsewhere.</summary>
internal static class RescueCase
{
    private const int Silos = 3;
    private const int Items = 600;
    private const int ItemMs = 100;
    private const int Rounds = 5;

    public static async Task<BenchmarkCase> RunAsync()
    {
        await using var cluster = await SiloCluster.StartAsync(Silos);
        var times = new List<double>();
        while (times.Count < Rounds)
        {
            await BecomesWholeAsync(cluster);
            times.Add(await RescueAsync(cluster));
            await cluster.LaunchSilo().BecomesReadyAsync();
        }

        return new(
            "rescue-seconds", "", null, Measure.Median(times), null, Rounds,
            $"SIGKILL of one of {Silos} silos in a batch of {Items} items of {ItemMs} ms; under 5,000; longest {times.Max():F0}");
    }

    private static async Task<double> RescueAsync(SiloCluster cluster)
    {
        var client = cluster.Client.GetRequiredService<ArmatureClient>();
        var batch = await client.Batches.SubmitAsync<ChaosItem, Envelope>(ChaosHandler.Name, [.. Enumerable.Repeat(new ChaosItem(ItemMs), Items)]);
        await Eventually.BecomesTrueAsync(async () => (await batch.GetStatusAsync()).Done > Items / 5, "a fifth of the batch is done");
        var victim = await FindWorkerAsync(cluster, batch.Id);

        victim.Kill();
        var killed = TimeProvider.System.GetUtcNow();
        var result = await batch.GetResultAsync();

        if (result.Failed > 0)
        {
            throw new InvalidOperationException($"{result.Failed} items failed.");
        }

        return (LastRescue(WorkRecord.ReadAll(cluster.DataFolder, batch.Id), victim.Id, killed) - killed).TotalMilliseconds;
    }

    /// <summary>Items are handed out in order: what only the victim had begun, or nobody, below the last that was begun, was the victim's.</summary>
    private static DateTimeOffset LastRescue(IReadOnlyList<WorkRecord> work, int victim, DateTimeOffset killed)
    {
        var begun = work.Where(record => record.At <= killed || record.Process == victim).ToList();
        var others = begun.Where(record => record.Process != victim).Select(record => record.Index).ToHashSet();
        var highest = begun.Max(record => record.Index);
        return work
            .Where(record => record.IsStart && record.Process != victim && record.At > killed && record.Index < highest && !others.Contains(record.Index))
            .Max(record => record.At);
    }

    private static async Task<SiloProcess> FindWorkerAsync(SiloCluster cluster, string batchId)
    {
        var grains = cluster.Client.GetRequiredService<IGrainFactory>();
        var coordinator = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grains.GetGrain<IBatchGrain>(batchId));
        return cluster.Silos.First(silo => !silo.HasExited && silo.Settings.SiloPort != coordinator!.Endpoint.Port);
    }

    private static Task BecomesWholeAsync(SiloCluster cluster)
    {
        var management = cluster.Client.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        return Eventually.BecomesTrueAsync(async () => (await management.GetHosts(onlyActive: true)).Count == Silos, "all silos are members");
    }
}
