using System.Text.Json;
using Armature.Testing.Processes;
using Orleans.Runtime;

namespace Armature.Clustering;

/// <summary>The membership as one process sees it.</summary>
internal static class MemberView
{
    /// <summary>The status of each silo by its port; the newest of those that had one port.</summary>
    public static async Task<IReadOnlyDictionary<int, string>> GetMembersAsync(this SiloProcess silo, CancellationToken cancellationToken = default)
    {
        var members = JsonSerializer.Deserialize<Dictionary<string, string>>(await silo.GetAsync("/test/members", cancellationToken))!;
        return members
            .Select(member => (Address: SiloAddress.FromParsableString(member.Key), Status: member.Value))
            .GroupBy(member => member.Address.Endpoint.Port)
            .ToDictionary(port => port.Key, port => port.MaxBy(member => member.Address.Generation).Status);
    }

    /// <summary>How another silo stands in the view of this one; null when it is not in it.</summary>
    public static async Task<string?> GetStatusOfAsync(this SiloProcess silo, SiloProcess other, CancellationToken cancellationToken = default) =>
        (await silo.GetMembersAsync(cancellationToken)).GetValueOrDefault(other.Settings.SiloPort);
}
