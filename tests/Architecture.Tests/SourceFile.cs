namespace Armature.Architecture;

/// <summary>A source file of the house.</summary>
/// <param name="Path">Its path from the folder of the solution, with slashes.</param>
/// <param name="Text">What is in it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public string[] Lines { get; } = Text.Split('\n');
}
