using System.CommandLine;
using Armature.CommandLine;

namespace Armature.Clustering;

/// <summary><c>armature cluster</c>: the silos of a running cluster.</summary>
internal sealed class ClusterCommand(CommonOptions common)
    : Command("cluster", "Lists the silos of a running cluster: version, roles, slots, load, status; needs --cluster.")
{
    /// <summary>Reads the common options.</summary>
    /// <exception cref="UsageException">There is no --cluster.</exception>
    public (ClusterAddress Cluster, CommonArguments Common) Read(ParseResult parsed)
    {
        var arguments = CommonArguments.Read(parsed, common);
        return (arguments.RequireCluster(Name), arguments);
    }
}
