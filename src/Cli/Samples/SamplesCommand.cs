using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Armature.CommandLine;

namespace Armature.Samples;

/// <summary><c>armature samples</c>: draws pictures for those who have none at hand.</summary>
internal sealed class SamplesCommand : Command
{
    private const int DefaultCount = 40;
    private const int MaxCount = 10_000;

    private readonly Argument<string> _folder = new("DIR")
    {
        Description = "The folder of the pictures; it is made when it is missing. Pictures that are there are kept.",
    };

    private readonly Option<int> _count = new("--count")
    {
        Description = "How many.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultCount,
        CustomParser = ReadCount,
    };

    private readonly CommonOptions _common;

    public SamplesCommand(CommonOptions common)
        : base("samples", "Draws landscapes of about six megapixels, the same every time, to try the other verbs on.")
    {
        _common = common;
        Add(_folder);
        Add(_count);
        Validators.Add(RefuseCluster);
    }

    public SamplesArguments Read(ParseResult parsed) =>
        new(parsed.GetRequiredValue(_folder), parsed.GetValue(_count), CommonArguments.Read(parsed, _common).Format);

    private static int ReadCount(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MaxCount)
        {
            return count;
        }

        result.AddError($"'{result.Tokens[0].Value}' is no count. Give a whole number from 1 to {MaxCount}.");
        return 0;
    }

    private void RefuseCluster(CommandResult result)
    {
        if (result.GetResult(_common.Cluster) is { Implicit: false })
        {
            result.AddError("'samples' draws on this machine and works on no cluster: leave --cluster out.");
        }
    }
}
