using Armature.Caching.Tier;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Armature.Caching;

[CachePartitionPlacement, CollectionAgeLimit(AlwaysActive = true)]
internal sealed partial class CachePartitionGrain(CacheHoldings holdings, ILocalSiloDetails silo, ILogger<CachePartitionGrain> logger, SiloTier? tier = null)
    : Grain, ICachePartitionGrain, IGrainMigrationParticipant
{
    private const string HandoverKey = "handover";

    // What came with the grain from another silo, and what goes with it.
    private CacheHandover? _handover;
    private SiloAddress? _target;

    // Whoever reaches a silo can ask for any number: one far outside must not pass for another partition.
    private int Partition => this.GetPrimaryKeyLong() is var number and >= 0 and < CacheLimits.Partitions
        ? (int)number
        : throw new ArgumentOutOfRangeException(nameof(Partition), this.GetPrimaryKeyLong(), $"Partitions have the numbers 0 to {CacheLimits.Partitions - 1}.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await (tier?.TakeAsync(Partition, cancellationToken) ?? Task.CompletedTask);
        var isWarm = holdings.Hold(Partition, _handover);
        LogHeld(logger, Partition, isWarm ? "with its entries" : "empty");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _handover = holdings.Release(Partition);
        await (tier?.GiveUpAsync(Partition, _handover is null ? null : _target) ?? Task.CompletedTask);
        LogReleased(logger, Partition, reason);
    }

    public Task<SiloAddress> LocateAsync(CancellationToken cancellationToken) => Task.FromResult(silo.SiloAddress);

    public Task MoveAsync(SiloAddress target, CacheHandover handover, CancellationToken cancellationToken)
    {
        if (holdings.IsLeaving(Partition, handover))
        {
            _target = target;
            RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
            this.MigrateOnIdle();
        }

        return Task.CompletedTask;
    }

    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_handover is not null)
        {
            dehydrationContext.TryAddValue(HandoverKey, _handover);
        }
    }

    public void OnRehydrate(IRehydrationContext rehydrationContext) => rehydrationContext.TryGetValue(HandoverKey, out _handover);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Partition {Partition} of the cache is here now, {Warmth}")]
    private static partial void LogHeld(ILogger logger, int partition, string warmth);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Partition {Partition} of the cache is here no longer: {Reason}")]
    private static partial void LogReleased(ILogger logger, int partition, DeactivationReason reason);
}
