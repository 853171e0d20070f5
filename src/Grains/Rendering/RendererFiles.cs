using System.Reflection;

namespace Armature.Rendering;

/// <summary>The renderer's own program, which travels inside of this assembly.</summary>
internal static class RendererFiles
{
    /// <summary>The module that Node is started with.</summary>
    public const string Entry = "renderer.mjs";

    private const string Prefix = "Armature.Rendering.Node.";

    private static readonly Assembly Assembly = typeof(RendererFiles).Assembly;

    /// <summary>Writes the program's files into a folder, which is created.</summary>
    public static async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        foreach (var resource in Assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            await using var source = Assembly.GetManifestResourceStream(resource)!;
            await using var target = File.Create(Path.Combine(folder, resource[Prefix.Length..]));
            await source.CopyToAsync(target, cancellationToken);
        }
    }
}
