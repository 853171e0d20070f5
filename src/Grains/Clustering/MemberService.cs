using System.Reflection;
using Armature.Batching;
using Armature.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Armature.Clustering;

internal sealed class MemberService(
    GrainId id,
    Silo silo,
    ILoggerFactory loggerFactory,
    IClusterMembershipService membership,
    MembershipLease lease,
    Node node,
    BatchTable batches,
    IOptions<ArmatureOptions> options,
    TimeProvider time)
    : GrainService(id, silo, loggerFactory), IMemberService
{
    private static readonly string Version = typeof(MemberService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public Task<bool> CountsInAsync(SiloAddress silo, CancellationToken cancellationToken) =>
        Task.FromResult(membership.CurrentSnapshot.GetSiloStatus(silo) is not (SiloStatus.None or SiloStatus.Dead));

    public Task<SiloDetails> DescribeAsync(CancellationToken cancellationToken)
    {
        var (running, queued) = node.Load;
        return Task.FromResult(new SiloDetails
        {
            Version = Version,
            Roles = options.Value.Cluster.Roles,
            CpuThreads = options.Value.CpuThreads,
            IoConcurrency = options.Value.IoConcurrency,
            RunningItems = running,
            QueuedItems = queued,
            CoordinatedBatches = batches.Running,
            IsCountedIn = lease.IsHeld,
            StartedAt = _startedAt,
        });
    }
}
