using Armature.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;

namespace Armature.Health;

/// <summary>
/// Whether the membership table still lists this silo. A Redis that was emptied lists nobody: the silos go on among themselves, and
/// nobody finds them any more. A table that cannot be read says nothing new.
/// </summary>
internal sealed partial class MembershipRow(
    IMembershipTable table,
    ISiloStatusOracle oracle,
    IOptions<ArmatureOptions> options,
    TimeProvider time,
    ILogger<MembershipRow> logger)
    : BackgroundService, IReadinessCondition
{
    private const string Lost =
        "Redis has lost the list of the cluster's members: it was emptied, or came back without its data. Clients find no silo, and silos that start cannot join. Stop all silos and start them again.";

    private volatile bool _isLost;

    public string? Problem => _isLost ? Lost : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var period = new PeriodicTimer(options.Value.Cluster.Membership.IAmAlivePeriod, time);
        while (await period.WaitForNextTickAsync(stoppingToken))
        {
            // One that is not active has no row yet, or is leaving.
            if (oracle.CurrentStatus == SiloStatus.Active)
            {
                await LookAsync(stoppingToken);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        bool isLost;
        try
        {
            isLost = (await table.ReadRowAsync(oracle.SiloAddress, cancellationToken)).Members.Count == 0;
        }
        catch (RedisClusteringException)
        {
            isLost = true; // The whole table is gone.
        }
#pragma warning disable CA1031 // the table may be out of reach for a while: the silos work without it
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnreadable(logger, exception);
            return;
        }

        if (isLost && !_isLost)
        {
            LogLost(logger, Lost);
        }

        _isLost = isLost;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The membership table could not be read")]
    private static partial void LogUnreadable(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Problem}")]
    private static partial void LogLost(ILogger logger, string problem);
}
