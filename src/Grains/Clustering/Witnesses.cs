using Orleans.Runtime;
using Orleans.Runtime.Services;

namespace Armature.Clustering;

/// <summary>Asks the other members whether they count this silo in.</summary>
internal sealed class Witnesses(IServiceProvider services, IClusterMembershipService membership, ILocalSiloDetails local)
    : GrainServiceClient<IWitnessService>(services), IWitnesses
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

    /// <summary>
    /// How many must count this silo in so that too few are left to declare it dead: that takes two votes, or one where there is
    /// only one other.
    /// </summary>
    internal static int Needed(int others) => others < 2 ? others : others - 1;

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
