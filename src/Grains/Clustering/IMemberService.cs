using Orleans.Services;

namespace Armature.Clustering;

/// <summary>One activation is one silo, as a member of its cluster: what it is, and whom it counts in.</summary>
[Alias("armature.clustering.member-service")]
internal interface IMemberService : IGrainService
{
    /// <summary>Whether this silo counts another in: it has heard of it, and does not take it for dead.</summary>
    [Alias("counts-in"), ResponseTimeout("00:00:05")]
    Task<bool> CountsInAsync(SiloAddress silo, CancellationToken cancellationToken);

    /// <summary>What this silo is and does.</summary>
    [Alias("describe"), ResponseTimeout("00:00:05")]
    Task<SiloDetails> DescribeAsync(CancellationToken cancellationToken);
}
