using System.Text.Json;

namespace Armature;

/// <summary>What a command left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON document that it is.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The exit code, with all that was said when it is not this one.</summary>
    public CommandResult ShouldExitWith(int code)
    {
        ExitCode.ShouldBe(code, $"standard output:\n{Output}\nstandard error:\n{Error}");
        return this;
    }
}
