using System.ComponentModel.DataAnnotations;

namespace Armature.Rendering;

/// <summary>
/// A built site on this machine: what renders its pages, and the files that stand beside them. Its server bundle is sent to the silos
/// when the first page is rendered, once for each content.
/// </summary>
public sealed class Site
{
    private Site(RenderSite description, SitePackage package, string folder, string? staticFolder)
    {
        Description = description;
        Package = package;
        Folder = folder;
        StaticFolder = staticFolder;
    }

    /// <summary>The site as the silos know it.</summary>
    public RenderSite Description { get; }

    /// <summary>The folder it was opened from.</summary>
    public string Folder { get; }

    /// <summary>The files that browsers load, <c>browser</c> or <c>client</c> in the folder; null when there is neither.</summary>
    public string? StaticFolder { get; }

    internal SitePackage Package { get; }

    /// <summary>Opens the folder that a build has written.</summary>
    /// <param name="folder">
    /// Angular: <c>dist/APP</c>, with <c>server/main.server.mjs</c>. Vite: a folder with <c>server</c> (the server build) and <c>client</c>.
    /// </param>
    /// <param name="options">Origin, limits, and what cannot be found out; null for the defaults.</param>
    /// <exception cref="RenderException">The folder is no built site, or too large; the code is <see cref="RenderErrorCodes.SiteUnusable"/>.</exception>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static Site Open(string folder, SiteOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new();
        var layout = SiteLayout.Find(Path.GetFullPath(folder), options);
        var package = SitePackage.Create(layout);
        var description = new RenderSite
        {
            Bundle = package.Hash,
            Adapter = layout.Adapter,
            Entry = layout.Entry,
            Template = layout.Template is null ? null : SiteLayout.TemplateName,
            Origin = options.Origin.TrimEnd('/'),
            PageTimeout = options.PageTimeout,
            MaxPagesPerProcess = options.MaxPagesPerProcess,
            Pace = PaceOf(options),
        };
        Validate(description);
        if (description.Pace is { } pace)
        {
            Validate(pace);
        }

        return new Site(description, package, layout.Folder, layout.StaticFolder);
    }

    private static RenderPace? PaceOf(SiteOptions options) => options is { PagesPerSecond: null, MaxInFlight: null }
        ? null
        : new RenderPace
        {
            Name = options.PaceName ?? options.Origin.TrimEnd('/'),
            PagesPerSecond = options.PagesPerSecond,
            MaxInFlight = options.MaxInFlight,
        };

    private static void Validate(object described) =>
        Validator.ValidateObject(described, new ValidationContext(described), validateAllProperties: true);
}
