using Orleans.Concurrency;
using Orleans.Runtime;

namespace Armature.Benchmarks;

/// <summary>The same work without us: a coordinator that awaits a call for each item. The key is any number.</summary>
[Alias("armature.benchmarks.plain-coordinator")]
internal interface IPlainCoordinatorGrain : IGrainWithIntegerKey
{
    [Alias("GetSiloPortAsync")]
    Task<int> GetSiloPortAsync();

    [Alias("RunOnWorkersAsync"), ResponseTimeout("00:05:00")]
    Task<int[]> RunOnWorkersAsync(int[] items);

    [Alias("RunOnItemsAsync"), ResponseTimeout("00:05:00")]
    Task<int[]> RunOnItemsAsync(int[] items);
}

/// <summary>A pool of workers on each silo, as large as the silo has slots.</summary>
[Alias("armature.benchmarks.plain-worker")]
internal interface IPlainWorkerGrain : IGrainWithIntegerKey
{
    [Alias("WorkAsync"), ResponseTimeout("00:05:00")]
    Task<int> WorkAsync(int item);
}

/// <summary>One item, placed where Orleans by default places a grain.</summary>
[Alias("armature.benchmarks.plain-item")]
internal interface IPlainItemGrain : IGrainWithGuidKey
{
    [Alias("WorkAsync"), ResponseTimeout("00:05:00")]
    Task<int> WorkAsync(int item);
}

internal sealed class PlainCoordinatorGrain(ILocalSiloDetails silo) : Grain, IPlainCoordinatorGrain
{
    public Task<int> GetSiloPortAsync() => Task.FromResult(silo.SiloAddress.Endpoint.Port);

    public Task<int[]> RunOnWorkersAsync(int[] items)
    {
        var workers = GrainFactory.GetGrain<IPlainWorkerGrain>(0);
        return Task.WhenAll(items.Select(workers.WorkAsync));
    }

    public Task<int[]> RunOnItemsAsync(int[] items) =>
        Task.WhenAll(items.Select(item => GrainFactory.GetGrain<IPlainItemGrain>(Guid.NewGuid()).WorkAsync(item)));
}

[StatelessWorker(SiloSlots.Count)]
internal sealed class PlainWorkerGrain(SiloSlots slots) : Grain, IPlainWorkerGrain
{
    public async Task<int> WorkAsync(int item)
    {
        await slots.WorkInSlotAsync(item);
        return item;
    }
}

internal sealed class PlainItemGrain(SiloSlots slots) : Grain, IPlainItemGrain
{
    public async Task<int> WorkAsync(int item)
    {
        await slots.WorkInSlotAsync(item);
        return item;
    }
}
