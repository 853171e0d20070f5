using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Armature.CommandLine;
using Armature.Rendering.Output;

namespace Armature.Rendering;

/// <summary><c>armature render</c>: renders a site's pages into files.</summary>
internal sealed class RenderCommand : Command
{
    private const double MostPagesPerSecond = 1_000_000;
    private const int MostInFlight = 1_000_000;
    private const double LongestPage = 3_600;

    private static readonly Dictionary<string, SiteAdapter> Adapters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["angular"] = SiteAdapter.Angular,
        ["module"] = SiteAdapter.Module,
    };

    private static readonly Dictionary<string, PageLayout> Layouts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["folders"] = PageLayout.Folders,
        ["files"] = PageLayout.Files,
    };

    private readonly Argument<string> _site = new("DIST")
    {
        Description = "The built site: what 'ng build' writes for the application, or a folder with Vite's server build in 'server' and its client build in 'client'.",
    };

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The folder of the output: missing, empty, or of an earlier run. It becomes a link into DIR.versions.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string?> _routes = new("--routes") { Description = "A text file with a route on each line. [default: the bundle's own routes]", HelpName = "FILE" };

    private readonly Option<string?> _sitemap = new("--sitemap") { Description = "A sitemap with the routes, or an index of sitemaps beside it.", HelpName = "FILE" };

    private readonly Option<bool> _crawl = new("--crawl") { Description = "Follow the links of rendered pages, from '/' or from the routes that are given." };

    private readonly Option<string?> _origin = new("--origin") { Description = "Scheme, host and port of every page's URL, such as https://example.com. [default: http://localhost]", HelpName = "URL" };

    private readonly Option<SiteAdapter?> _adapter = new("--adapter")
    {
        Description = "How the bundle is called. [default: angular where there is server/main.server.mjs, otherwise module]",
        HelpName = "angular|module",
        CustomParser = result => OptionValue.Choose(result, "--adapter", Adapters),
    };

    private readonly Option<string?> _entry = new("--entry") { Description = "The module that is loaded, a path in DIST, where it cannot be found out.", HelpName = "PATH" };

    private readonly Option<PageLayout?> _layout = new("--layout")
    {
        Description = "Which file a page becomes: folders makes about/index.html, files makes about.html. [default: folders]",
        HelpName = "folders|files",
        CustomParser = result => OptionValue.Choose(result, "--layout", Layouts),
    };

    private readonly Option<string?> _notFound = new("--not-found") { Description = "The route whose page becomes 404.html, whatever its status is. [default: /404, if it is among the routes]", HelpName = "ROUTE" };

    private readonly Option<bool> _sitemapXml = new("--sitemap-xml") { Description = "Write a sitemap.xml of the pages. Needs --origin." };

    private readonly Option<bool> _compress = new("--compress") { Description = "Write .br and .gz variants beside files of text, where they are smaller." };

    private readonly Option<string?> _inputs = new("--inputs") { Description = "A JSON object that says for routes what their page depends on, such as a version: while it stays the same, the page is not rendered again.", HelpName = "FILE" };

    private readonly Option<bool> _force = new("--force") { Description = "Render all pages again, whatever --inputs says." };

    private readonly Option<bool> _allOrNothing = new("--all-or-nothing") { Description = "Publish nothing when a page fails; otherwise the good pages are published, and a failed one stays as it was." };

    private readonly Option<double?> _rate = new("--rate") { Description = "Pages begun in a second, over the whole cluster.", HelpName = "N", CustomParser = result => Number(result, "--rate", 0.01, MostPagesPerSecond) };

    private readonly Option<int?> _maxInFlight = new("--max-in-flight") { Description = "Pages in flight at a time, over the whole cluster.", HelpName = "N", CustomParser = result => WholeNumber(result, "--max-in-flight", MostInFlight) };

    private readonly Option<double?> _pageTimeout = new("--page-timeout") { Description = "The longest time one page may take. [default: 30]", HelpName = "SECONDS", CustomParser = result => Number(result, "--page-timeout", 0.01, LongestPage) };

    private readonly CommonOptions _common;

    public RenderCommand(CommonOptions common)
        : base("render", "Renders the pages of a JavaScript site into files, and publishes them by one switch.")
    {
        _common = common;
        Add(_site);
        foreach (var option in new Option[]
        {
            _out, _routes, _sitemap, _crawl, _origin, _adapter, _entry, _layout, _notFound, _sitemapXml, _compress, _inputs, _force, _allOrNothing, _rate, _maxInFlight, _pageTimeout,
        })
        {
            Options.Add(option);
        }

        Validators.Add(RefuseContradictions);
    }

    public RenderArguments Read(ParseResult parsed) => new()
    {
        Site = parsed.GetRequiredValue(_site),
        OutputFolder = parsed.GetRequiredValue(_out),
        RoutesFile = parsed.GetValue(_routes),
        SitemapFile = parsed.GetValue(_sitemap),
        Links = parsed.GetValue(_crawl) ? LinkFollowing.Always : LinkFollowing.WithoutRoutes,
        SiteOptions = ReadSite(parsed),
        Layout = parsed.GetValue(_layout) ?? PageLayout.Folders,
        NotFoundRoute = parsed.GetValue(_notFound),
        WritesSitemap = parsed.GetValue(_sitemapXml),
        Compresses = parsed.GetValue(_compress),
        InputsFile = parsed.GetValue(_inputs),
        Reuse = parsed.GetValue(_force) ? PageReuse.Never : PageReuse.ByInputs,
        OnFailure = parsed.GetValue(_allOrNothing) ? FailurePublishing.KeepLastVersion : FailurePublishing.PublishGood,
        Common = CommonArguments.Read(parsed, _common),
    };

    private SiteOptions ReadSite(ParseResult parsed)
    {
        var options = new SiteOptions
        {
            Adapter = parsed.GetValue(_adapter),
            Entry = parsed.GetValue(_entry),
            PagesPerSecond = parsed.GetValue(_rate),
            MaxInFlight = parsed.GetValue(_maxInFlight),
        };
        options.Origin = parsed.GetValue(_origin) ?? options.Origin;
        options.PageTimeout = parsed.GetValue(_pageTimeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : options.PageTimeout;
        return options;
    }

    private void RefuseContradictions(CommandResult result)
    {
        if (result.GetResult(_routes) is { Implicit: false } && result.GetResult(_sitemap) is { Implicit: false })
        {
            result.AddError("--routes and --sitemap both say which routes there are. Give one; --crawl may stand beside it.");
        }

        if (result.GetResult(_sitemapXml) is { Implicit: false } && result.GetResult(_origin) is null or { Implicit: true })
        {
            result.AddError("--sitemap-xml writes whole URLs, and needs --origin, such as https://example.com.");
        }
    }

    private static double? Number(ArgumentResult result, string option, double least, double most) =>
        double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : OptionValue.Refuse<double?>(result, string.Create(CultureInfo.InvariantCulture, $"'{result.Tokens[0].Value}' is nothing for {option}. Give a number from {least:0.##} to {most:N0}."));

    private static int? WholeNumber(ArgumentResult result, string option, int most) =>
        int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : OptionValue.Refuse<int?>(result, string.Create(CultureInfo.InvariantCulture, $"'{result.Tokens[0].Value}' is nothing for {option}. Give a whole number from 1 to {most:N0}."));
}
