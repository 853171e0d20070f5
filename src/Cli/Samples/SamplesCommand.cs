using System.CommandLine;

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
    };

    public SamplesCommand()
        : base("samples", "Draws landscapes of about six megapixels, the same every time, to try the other verbs on.")
    {
        Add(_folder);
        Add(_count);
        _count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MaxCount)
            {
                result.AddError($"--count is from 1 to {MaxCount}.");
            }
        });
    }

    public (string Folder, int Count) Read(ParseResult parsed) => (parsed.GetRequiredValue(_folder), parsed.GetValue(_count));
}
