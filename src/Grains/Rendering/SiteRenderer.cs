using Armature.Hosting;
using Armature.Processes;
using Microsoft.Extensions.Logging;

namespace Armature.Rendering;

/// <summary>
/// One site on this silo: its bundle in a folder, and the warm processes that have loaded it. Pages that were in a process when it died
/// are rendered again, each alone in a fresh process, before one of them is blamed.
/// </summary>
internal sealed class SiteRenderer : IAsyncDisposable
{
    // Beyond the page's own time: what a page that was told to stop has left before its process is killed.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly RenderSite _site;
    private readonly OwnedFolder _folder;
    private readonly ProcessPool _pool;
    private readonly Func<Task<ProcessPool>> _startAlone;
    private readonly Lock _lock = new();

    // Guarded by _lock. Started when it is needed for the first time; a start that failed is tried again.
    private Task<ProcessPool>? _alone;

    private SiteRenderer(RenderSite site, OwnedFolder folder, ProcessPool pool, Func<Task<ProcessPool>> startAlone)
    {
        _site = site;
        _folder = folder;
        _pool = pool;
        _startAlone = startAlone;
    }

    /// <summary>Brings the bundle here, and starts the processes.</summary>
    /// <exception cref="RenderException">The site cannot be rendered here; the message says why.</exception>
    public static async Task<SiteRenderer> OpenAsync(RenderSite site, SiteSurroundings surroundings, CancellationToken cancellationToken)
    {
        var node = await surroundings.Node.FindAsync(cancellationToken);
        var folder = OwnedFolder.Create("site", surroundings.Time);
        try
        {
            var files = await SiteFiles.WriteAsync(site, folder.Path, surroundings.Unpacker, cancellationToken);
            var command = RendererCommand.For(node, files, surroundings.Options);
            var pool = await StartAsync(command, RendererPool.Many(site, surroundings.Options, Grace), surroundings, cancellationToken);
            return new SiteRenderer(
                site, folder, pool, () => StartAsync(command, RendererPool.Alone(site, surroundings.Options, Grace), surroundings, CancellationToken.None));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Renders a page.</summary>
    /// <param name="route">A route as <see cref="RoutePath.Normalize"/> gives it.</param>
    /// <param name="cancellationToken">Gives the page up.</param>
    /// <exception cref="RenderException">The page failed.</exception>
    public async Task<RenderedPage> RenderAsync(string route, CancellationToken cancellationToken)
    {
        var request = new RendererRequest("render", route, (int)_site.PageTimeout.TotalMilliseconds).ToJson();
        using var answer = await SendAsync(request, cancellationToken);
        return RendererFormat.ReadPage(answer.Payload, route);
    }

    /// <summary>The routes that the bundle names.</summary>
    /// <exception cref="RenderException">They cannot be had.</exception>
    public async Task<SiteRoutes> ListRoutesAsync(CancellationToken cancellationToken)
    {
        var request = new RendererRequest("routes", null, (int)_site.PageTimeout.TotalMilliseconds).ToJson();
        using var answer = await SendAsync(request, cancellationToken);
        return RendererFormat.ReadRoutes(answer.Payload);
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        await EndAloneAsync();
        _folder.Dispose();
    }

    private async Task<Frame> SendAsync(byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            return await _pool.SendAsync([request], cancellationToken);
        }
        catch (ProcessDiedException death) when (death.Cause != ProcessDeathCause.PoolStopped)
        {
            RenderingInstruments.OnProcessDied(death.Cause);
            return await SendAloneAsync(request, cancellationToken);
        }
        catch (Exception e) when (RenderFailures.TryTranslate(e, _site) is { } failure)
        {
            throw failure;
        }
    }

    private async Task<Frame> SendAloneAsync(byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            var pool = await GetAloneAsync().WaitAsync(cancellationToken);
            return await pool.SendAsync([request], cancellationToken);
        }
        catch (Exception e) when (RenderFailures.TryTranslate(e, _site) is { } failure)
        {
            throw failure;
        }
    }

    private Task<ProcessPool> GetAloneAsync()
    {
        lock (_lock)
        {
            if (_alone is not { IsFaulted: false, IsCanceled: false })
            {
                _alone = Task.Run(_startAlone, CancellationToken.None);
            }

            return _alone;
        }
    }

    private async Task EndAloneAsync()
    {
        try
        {
            if (_alone is { } starting)
            {
                await (await starting).DisposeAsync();
            }
        }
        catch (RenderException)
        {
            // It never started, and whoever needed it was told.
        }
    }

    private static async Task<ProcessPool> StartAsync(
        ChildCommand command, ProcessPoolOptions options, SiteSurroundings surroundings, CancellationToken cancellationToken)
    {
        var pool = new ProcessPool("render", command, options, surroundings.Time, surroundings.Loggers.CreateLogger<ProcessPool>());
        try
        {
            await pool.StartAsync(cancellationToken);
            return pool;
        }
        catch (ProcessStartException e)
        {
            throw RenderFailures.From(e);
        }
    }
}
