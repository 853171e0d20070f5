using System.CommandLine;

namespace Armature.CommandLine;

/// <summary>What was given for the options that every verb understands.</summary>
/// <param name="Cluster">The cluster to work on; null for a silo inside the command.</param>
/// <param name="Format">How the result is written.</param>
/// <param name="Verbosity">How much is logged.</param>
internal sealed record CommonArguments(ClusterAddress? Cluster, ReportFormat Format, Verbosity Verbosity)
{
    public static CommonArguments Read(ParseResult parsed, CommonOptions options) => new(
        parsed.GetValue(options.Cluster),
        parsed.GetValue(options.Json) ? ReportFormat.Json : ReportFormat.Text,
        parsed.GetValue(options.Verbose) ? Verbosity.Verbose : Verbosity.Quiet);

    /// <summary>The cluster, for a verb that looks at living state: a silo of the command's own would have none.</summary>
    /// <exception cref="UsageException">There is no --cluster.</exception>
    public ClusterAddress RequireCluster(string verb) => Cluster
        ?? throw new UsageException($"'{verb}' looks at a running cluster. Give --cluster HOST:PORT of its Redis, or --cluster local for an 'armature serve' of this machine.");
}
