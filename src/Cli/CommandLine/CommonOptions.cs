using System.CommandLine;

namespace Armature.CommandLine;

/// <summary>The options that every verb understands.</summary>
internal sealed class CommonOptions
{
    public Option<ClusterAddress?> Cluster { get; } = new("--cluster")
    {
        Description = "Work on a running cluster: HOST:PORT of its Redis, or 'local' for an 'armature serve' of this machine. Without it a silo starts inside the command.",
        HelpName = "HOST:PORT|local",
        Recursive = true,
        CustomParser = result =>
        {
            if (ClusterAddress.TryParse(result.Tokens[0].Value, out var address, out var error))
            {
                return address;
            }

            result.AddError(error);
            return null;
        },
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Write one JSON document to standard output and nothing else there; progress and logs go to standard error.",
        Recursive = true,
    };

    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show the silo's log, not only its warnings, on standard error.",
        Recursive = true,
    };
}
