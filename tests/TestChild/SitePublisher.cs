using System.Globalization;
using System.Text;
using Armature.Rendering;
using Armature.Rendering.Output;
using Armature.Rendering.Routes;

namespace Armature.TestChild;

/// <summary>A process that publishes a site, each time with other pages.</summary>
internal static class SitePublisher
{
    private const int Pages = 100;

    /// <summary>Publishes again and again until it is killed, and tells of each time. Pages from a number on stay the same.</summary>
    internal static async Task<int> RunAsync(string folder, int changed)
    {
        for (var run = 0; ; run++)
        {
            var stats = await PublishAsync(folder, Guid.NewGuid().ToString("N"), 2_000, changed);

            // The full stop tells a whole line from the beginning of one.
            Console.WriteLine($"{stats.Version}.");
        }
    }

    /// <summary>Publishes once, and says why it could not.</summary>
    internal static async Task<int> RunOnceAsync(string folder, string html, int size)
    {
        try
        {
            Console.WriteLine((await PublishAsync(folder, html, size, Pages)).Version);
            return 0;
        }
        catch (RenderException e)
        {
            Console.WriteLine($"{e.Code}: {e.Message}");
            return 1;
        }
    }

    private static Task<StaticSiteStats> PublishAsync(string folder, string html, int size, int changed)
    {
        byte[] BodyOf(string route) => Encoding.UTF8.GetBytes(InputsOf(route).PadRight(size, '.'));
        string InputsOf(string route) => int.Parse(route.AsSpan(1), CultureInfo.InvariantCulture) < changed ? html : "same";
        var site = new SiteToRender(
            new RenderSite { Bundle = new string('a', 64), Adapter = SiteAdapter.Module, Entry = "main.mjs" },
            Folder: null,
            StaticFolder: null,
            (routes, _) => routes.Select(route => new RenderedPage { Route = route, Status = 200, Body = BodyOf(route) }),
            _ => Task.FromResult<IReadOnlyList<SiteRoute>>([]));
        var routes = Enumerable.Range(0, Pages).Select(page => page.ToString(CultureInfo.InvariantCulture));
        var options = new PreRenderOptions
        {
            Routes = RouteSource.From(routes),
            InputsOf = changed == Pages ? null : (route, _) => ValueTask.FromResult<string?>(InputsOf(route)),
        };
        return new SitePreRenderer(TimeProvider.System).RunAsync(site, folder, options, CancellationToken.None);
    }
}
