using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Armature.Batching;

[StatelessWorker]
internal sealed partial class BatchDoorGrain(ClusterNodes nodes, ILogger<BatchDoorGrain> logger) : Grain, IBatchDoorGrain
{
    private const int MostListed = 1000;

    public async Task<ImmutableArray<BatchStatus>> ListAsync(CancellationToken cancellationToken)
    {
        var lists = await Task.WhenAll(nodes.Active.Select(ListOnAsync));
        return [.. lists.SelectMany(list => list).OrderByDescending(status => status.SubmittedAt).Take(MostListed)];
    }

    private async Task<ImmutableArray<BatchStatus>> ListOnAsync(SiloAddress silo)
    {
        try
        {
            return await nodes.ListBatchesAsync(silo);
        }
#pragma warning disable CA1031 // a silo that cannot be asked has nothing to list: it is dying
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotListed(logger, exception, silo);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} could not be asked for its batches")]
    private static partial void LogNotListed(ILogger logger, Exception exception, SiloAddress silo);
}
