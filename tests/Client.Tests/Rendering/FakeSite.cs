using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Armature.Rendering.Output;
using Armature.Testing;

namespace Armature.Rendering;

/// <summary>A site without Node: pages by route, rendered several at a time and given in the order in which they end.</summary>
internal sealed class FakeSite
{
    public static readonly string SomeBundle = new('a', 64);

    private readonly ConcurrentDictionary<string, Func<RenderedPage>> _pages = new();
    private int _rendered;

    public string Bundle { get; set; } = SomeBundle;

    public string Origin { get; set; } = "https://example.com";

    public string? StaticFolder { get; set; }

    public int PagesInFlight { get; set; } = 4;

    public IReadOnlyList<SiteRoute> Routes { get; set; } = [];

    /// <summary>Called with each route before it is rendered.</summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = static (_, _) => Task.CompletedTask;

    public int Rendered => _rendered;

    public FakeSite Page(string route, string html, int status = 200) => Add(route, page => page with { Status = status, Body = Encoding.UTF8.GetBytes(html) });

    public FakeSite Typed(string route, string text, string contentType) => Add(route, page => page with { Status = 200, ContentType = contentType, Body = Encoding.UTF8.GetBytes(text) });

    public FakeSite Redirect(string route, string location) => Add(route, page => page with { Status = 302, Location = location });

    public FakeSite Fail(string route, string code = RenderErrorCodes.PageFailed) => Add(route, page => page with { Error = new ItemError(code, "Broken.") });

    public SiteToRender ToRender() => new(
        new RenderSite { Bundle = Bundle, Adapter = SiteAdapter.Module, Entry = "main.mjs", Origin = Origin },
        StaticFolder,
        StaticFolder,
        RenderAsync,
        _ => Task.FromResult(Routes));

    public Task<StaticSiteStats> PreRenderAsync(string output, PreRenderOptions? options = null, CancellationToken cancellationToken = default) =>
        new SitePreRenderer(TimeProvider.System).RunAsync(ToRender(), output, options ?? new(), cancellationToken);

    private FakeSite Add(string route, Func<RenderedPage, RenderedPage> make)
    {
        _pages[route] = () => make(new RenderedPage { Route = route });
        return this;
    }

    private async IAsyncEnumerable<RenderedPage> RenderAsync(IAsyncEnumerable<string> routes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var done = Channel.CreateUnbounded<RenderedPage>();
        var working = Parallel.ForEachAsync(routes, new ParallelOptions { MaxDegreeOfParallelism = PagesInFlight, CancellationToken = cancellationToken }, async (route, token) =>
        {
            await Before(route, token);
            Interlocked.Increment(ref _rendered);
            await done.Writer.WriteAsync(
                _pages.TryGetValue(route, out var make) ? make() : new RenderedPage { Route = route, Status = 404, Body = "nothing"u8.ToArray() }, token);
        }).ContinueWith(task => done.Writer.Complete(task.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await foreach (var page in done.Reader.ReadAllAsync(cancellationToken))
        {
            yield return page;
        }

        await working;
    }
}
