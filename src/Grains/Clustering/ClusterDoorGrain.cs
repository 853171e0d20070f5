using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Armature.Clustering;

[StatelessWorker]
internal sealed partial class ClusterDoorGrain(Members members, TimeProvider time, ILogger<ClusterDoorGrain> logger) : Grain, IClusterDoorGrain
{
    /// <summary>How long a silo may take to describe itself: well under the call's own limit, so that one that is frozen costs a line and not the list.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<ImmutableArray<SiloDescription>> ListSilosAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var described = await Task.WhenAll(members.Living.Select(member => DescribeAsync(member.Silo, member.State, either.Token)));
        cancellationToken.ThrowIfCancellationRequested();
        return [.. described];
    }

    private async Task<SiloDescription> DescribeAsync(SiloAddress silo, SiloState state, CancellationToken cancellationToken)
    {
        try
        {
            return new(silo.ToString(), state, await members.DescribeAsync(silo, cancellationToken));
        }
#pragma warning disable CA1031 // a silo that cannot be asked is listed without what it would say
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotDescribed(logger, exception, silo);
            return new(silo.ToString(), state, Details: null);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} did not describe itself")]
    private static partial void LogNotDescribed(ILogger logger, Exception exception, SiloAddress silo);
}
