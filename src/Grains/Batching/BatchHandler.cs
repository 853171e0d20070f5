using Armature.Hosting;

namespace Armature.Batching;

/// <summary>A handler on this silo: its limits resolved, its queue beside it.</summary>
internal sealed class BatchHandler(BatchHandlerRegistration registration, IItemRunner runner, ArmatureOptions options)
{
    public string Name => registration.Name;

    public IItemRunner Runner => runner;

    public string ItemType { get; } = BatchTypeName.Of(registration.ItemType);

    public string ResultType { get; } = BatchTypeName.Of(registration.ResultType);

    public bool Computes => runner.Computes;

    public bool WaitsForProcesses { get; } = registration.HandlerType.IsDefined(typeof(WaitsForProcessesAttribute), inherit: false);

    public TailReissue TailReissue => registration.Options.TailReissue;

    public TimeSpan ItemTimeout { get; } = registration.Options.ItemTimeout ?? options.Batching.ItemTimeout;

    public int MaxAttempts { get; } = registration.Options.MaxAttempts ?? options.Batching.MaxAttempts;

    public int Capacity { get; } = registration.Options.Capacity.Kind switch
    {
        BatchCapacityKind.Cpu => options.CpuThreads,
        BatchCapacityKind.CpuAndOne => options.CpuThreads + 1,
        BatchCapacityKind.Io => options.IoConcurrency,
        _ => registration.Options.Capacity.Count,
    };
}
