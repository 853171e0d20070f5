using Orleans.Runtime;
using Orleans.Runtime.Services;

namespace Armature.Clustering;

/// <summary>Calls the members of the cluster by their address.</summary>
internal sealed class Members(IServiceProvider services, IClusterMembershipService membership, ILocalSiloDetails local)
    : GrainServiceClient<IMemberService>(services), IWitnesses
{
    public async Task<bool> CountUsInAsync(CancellationToken cancellationToken)
    {
        var others = membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active && !member.SiloAddress.Equals(local.SiloAddress))
            .Select(member => member.SiloAddress)
            .ToList();
        var needed = Needed(others.Count);
        var asked = others.ConvertAll(silo => AskAsync(silo, cancellationToken));
        await foreach (var answer in Task.WhenEach(asked))
        {
            if (needed == 0)
            {
                break;
            }

            needed -= await answer ? 1 : 0;
        }

        return needed == 0;
    }

    public async Task<bool> TableCountsUsInAsync(CancellationToken cancellationToken)
    {
        // Twice, for the first may join a reading that was begun before.
        await membership.Refresh(default, cancellationToken);
        await membership.Refresh(default, cancellationToken);
        return membership.CurrentSnapshot.GetSiloStatus(local.SiloAddress) == SiloStatus.Active;
    }

    /// <summary>The silos that are not dead, and where they are in their life.</summary>
    public IReadOnlyList<(SiloAddress Silo, SiloState State)> Living =>
    [
        .. membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status is not (SiloStatus.None or SiloStatus.Dead))
            .OrderBy(member => member.SiloAddress)
            .Select(member => (member.SiloAddress, StateOf(member.Status))),
    ];

    public Task<SiloDetails> DescribeAsync(SiloAddress silo, CancellationToken cancellationToken) =>
        GetGrainService(silo).DescribeAsync(cancellationToken).WaitAsync(cancellationToken);

    /// <summary>
    /// How many must count this silo in so that too few are left to declare it dead: that takes two votes, or one where there is
    /// only one other.
    /// </summary>
    internal static int Needed(int others) => others < 2 ? others : others - 1;

    private static SiloState StateOf(SiloStatus status) => status switch
    {
        SiloStatus.Active => SiloState.Active,
        SiloStatus.ShuttingDown or SiloStatus.Stopping => SiloState.Stopping,
        _ => SiloState.Joining,
    };

    private async Task<bool> AskAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        try
        {
            return await GetGrainService(silo).CountsInAsync(local.SiloAddress, cancellationToken).WaitAsync(cancellationToken);
        }
#pragma warning disable CA1031 // no answer, for whatever reason, is no proof
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
