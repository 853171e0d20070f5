using System.CommandLine;
using Armature.CommandLine;

namespace Armature.Batching;

/// <summary><c>armature batches</c>: the batches of a running cluster.</summary>
internal sealed class BatchesCommand : Command
{
    private readonly Argument<string> _id = new("ID") { Description = "The batch's id." };
    private readonly CommonOptions _common;

    public BatchesCommand(CommonOptions common)
        : base("batches", "Lists, watches and cancels the batches of a running cluster; needs --cluster.")
    {
        _common = common;
        List = new Command("list", "Lists the batches that run, and those that ended and are still kept.");
        Watch = new Command("watch", "Follows a batch to its end and tells what became of it.") { _id };
        Cancel = new Command("cancel", "Cancels what is not done of a batch.") { _id };
        foreach (var verb in new[] { List, Watch, Cancel })
        {
            Add(verb);
        }
    }

    public Command List { get; }

    public Command Watch { get; }

    public Command Cancel { get; }

    public string ReadId(ParseResult parsed) => parsed.GetRequiredValue(_id);

    /// <summary>Reads the common options.</summary>
    /// <exception cref="UsageException">There is no --cluster.</exception>
    public (ClusterAddress Cluster, CommonArguments Common) ReadCluster(ParseResult parsed)
    {
        var common = CommonArguments.Read(parsed, _common);
        return (common.RequireCluster(Name), common);
    }
}
