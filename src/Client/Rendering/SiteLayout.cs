namespace Armature.Rendering;

/// <summary>Where what is in the folder of a built site.</summary>
internal sealed record SiteLayout
{
    /// <summary>The template's name in the bundle. No build writes such a file.</summary>
    public const string TemplateName = "armature-template.html";

    private const string AngularEntry = "main.server.mjs";

    // Node loads .js as a module only below a package.json that says so; a build that writes .mjs needs none.
    private static readonly string[] ModuleEndings = [".mjs", ".js"];
    private static readonly string[] UsualEntries = ["entry-server", "main.server", "server", "index"];

    /// <summary>The site's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder whose files are the bundle.</summary>
    public required string ServerFolder { get; init; }

    /// <summary>The module that is loaded, a path in <see cref="ServerFolder"/> with '/'.</summary>
    public required string Entry { get; init; }

    /// <summary>How it is called.</summary>
    public required SiteAdapter Adapter { get; init; }

    /// <summary>The files that browsers load.</summary>
    public string? StaticFolder { get; init; }

    /// <summary>The page around what a module renders.</summary>
    public string? Template { get; init; }

    /// <exception cref="RenderException">The folder is no built site.</exception>
    public static SiteLayout Find(string folder, SiteOptions options)
    {
        if (!Directory.Exists(folder))
        {
            throw Unusable(folder, "is no folder; build the site first");
        }

        var entry = FindEntry(folder, options);
        var server = Path.Combine(folder, "server");
        var root = entry.StartsWith(server + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? server : Path.GetDirectoryName(entry)!;
        var adapter = options.Adapter ?? (Path.GetFileName(entry) == AngularEntry ? SiteAdapter.Angular : SiteAdapter.Module);
        var statics = ((string[])["browser", "client"]).Select(name => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists);
        var template = adapter == SiteAdapter.Module && statics is not null ? Path.Combine(statics, "index.html") : null;
        return new SiteLayout
        {
            Folder = folder,
            ServerFolder = root,
            Entry = Path.GetRelativePath(root, entry).Replace(Path.DirectorySeparatorChar, '/'),
            Adapter = adapter,
            StaticFolder = statics,
            Template = File.Exists(template) ? template : null,
        };
    }

    private static string FindEntry(string folder, SiteOptions options)
    {
        if (options.Entry is { } named)
        {
            var path = Path.GetFullPath(Path.Combine(folder, named));
            return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(path)
                ? path
                : throw Unusable(folder, $"has no file {named}, which was named as the entry; it is a path in the site's folder");
        }

        var server = Path.Combine(folder, "server");
        if (!Directory.Exists(server))
        {
            throw Unusable(folder, "has no folder 'server'. Give the folder that 'ng build' writes for the application (dist/APP, with server-side rendering), or one with Vite's server build in 'server' and its client build in 'client'; or name the entry");
        }

        var modules = Directory.EnumerateFiles(server).Where(static file => ModuleEndings.Contains(Path.GetExtension(file), StringComparer.Ordinal)).ToArray();
        return modules.FirstOrDefault(static file => Path.GetFileName(file) == AngularEntry)
            ?? (modules.Length == 1 ? modules[0] : null)
            ?? UsualEntries.Select(name => Array.Find(modules, file => Path.GetFileNameWithoutExtension(file) == name)).FirstOrDefault(static file => file is not null)
            ?? throw Unusable(folder, $"has {modules.Length:N0} modules in 'server', and none that is called {string.Join(", ", UsualEntries)}; name the entry");
    }

    private static RenderException Unusable(string folder, string problem) =>
        new(RenderErrorCodes.SiteUnusable, $"{folder} {problem}.");
}
