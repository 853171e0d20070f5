namespace Armature.Rendering;

/// <summary>The files of one site on this silo.</summary>
/// <param name="Program">The folder of the renderer's own program.</param>
/// <param name="Root">The folder of the site's bundle.</param>
/// <param name="Settings">The file that tells the program what to load, and how many pages it may have in flight.</param>
/// <param name="AloneSettings">The same with one page at a time.</param>
internal sealed record SiteFiles(string Program, string Root, string Settings, string AloneSettings)
{
    /// <summary>Writes them all into a folder.</summary>
    /// <exception cref="RenderException">The bundle cannot be used.</exception>
    public static async Task<SiteFiles> WriteAsync(RenderSite site, string folder, SiteUnpacker unpacker, CancellationToken cancellationToken)
    {
        var program = Path.Combine(folder, "program");
        var files = new SiteFiles(program, Path.Combine(folder, "bundle"), Path.Combine(program, "settings.json"), Path.Combine(program, "settings-alone.json"));
        await unpacker.UnpackAsync(site.Bundle, files.Root, cancellationToken);
        CheckPart(files.Root, site.Entry, "entry");
        if (site.Template is { } template)
        {
            CheckPart(files.Root, template, "template");
        }

        await RendererFiles.WriteAsync(files.Program, cancellationToken);
        var settings = new RendererSettings(
            files.Root, site.Adapter == SiteAdapter.Angular ? "angular" : "module", site.Entry, site.Template, site.Origin, site.MaxPagesPerProcess);
        await File.WriteAllBytesAsync(files.Settings, settings.ToJson(), cancellationToken);
        await File.WriteAllBytesAsync(files.AloneSettings, (settings with { MaxInFlight = 1 }).ToJson(), cancellationToken);
        return files;
    }

    // The name is a client's. One that leads out of the bundle is not there either.
    private static void CheckPart(string root, string name, string what)
    {
        var path = Path.GetFullPath(Path.Combine(root, name));
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path))
        {
            throw new RenderException(RenderErrorCodes.SiteUnusable, $"The bundle has no file {name}, which is named as its {what}.");
        }
    }
}
