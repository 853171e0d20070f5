using Armature.Hosting;
using Armature.Processes;
using Microsoft.Extensions.Logging;

namespace Armature.Rendering;

/// <summary>
/// One site on this silo: its bundle in a folder, and the warm processes that have loaded it. Pages that were in a process when it died
/// are rendered again, one at a time. One that loses its process then too may suffer for what the page before it left there, so it is
/// rendered in a fresh process of its own before it is blamed.
/// </summary>
internal sealed class SiteRenderer : IAsyncDisposable
{
    // Beyond the page's own time: what a page that was told to stop has left before its process is killed.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly RenderSite _site;
    private readonly OwnedFolder _folder;
    private readonly string _settings;
    private readonly ProcessPool _pool;
    private readonly LazyPool _alone;
    private readonly LazyPool _fresh;

    private SiteRenderer(RenderSite site, OwnedFolder folder, string settings, ProcessPool pool, LazyPool alone, LazyPool fresh)
    {
        _site = site;
        _folder = folder;
        _settings = settings;
        _pool = pool;
        _alone = alone;
        _fresh = fresh;
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
            var command = RendererCommand.For(node, files, files.Settings, surroundings.Options);
            var alone = RendererCommand.For(node, files, files.AloneSettings, surroundings.Options);
            var pool = await StartAsync(command, RendererPool.Many(site, surroundings.Options, Grace), surroundings, cancellationToken);
            return new SiteRenderer(
                site, folder, files.Settings, pool, Later(RendererPool.Alone(site, surroundings.Options, Grace)), Later(RendererPool.Fresh(site, surroundings.Options, Grace)));

            LazyPool Later(ProcessPoolOptions options) => new(token => StartAsync(alone, options, surroundings, token));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>True when a process was needed and its files were gone, as where a program tidies the temporary folder: none can be started any more.</summary>
    public bool HasLostItsFiles { get; private set; }

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
        await _alone.DisposeAsync();
        await _fresh.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<Frame> SendAsync(byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            return await TrySendAsync(_pool, request, cancellationToken)
                ?? await TrySendAsync(await _alone.GetAsync(cancellationToken), request, cancellationToken)
                ?? await (await _fresh.GetAsync(cancellationToken)).SendAsync([request], cancellationToken);
        }
        catch (Exception e) when (e is ProcessUnavailableException or RenderException && !File.Exists(_settings))
        {
            HasLostItsFiles = true;
            throw new RenderException(
                RenderErrorCodes.RendererUnavailable,
                $"The files of the site were removed from {_folder.Path}; they are fetched again. Have whatever tidies the temporary folder leave armature-* alone.",
                e);
        }
        catch (Exception e) when (RenderFailures.TryTranslate(e, _site) is { } failure)
        {
            throw failure;
        }
    }

    // Null when the process died with the page, or had no time for it: that does not tell whose fault it was.
    private static async Task<Frame?> TrySendAsync(ProcessPool pool, byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            return await pool.SendAsync([request], cancellationToken);
        }
        catch (ProcessDiedException death) when (death.Cause != ProcessDeathCause.PoolStopped)
        {
            RenderingInstruments.OnProcessDied(death.Cause);
            return null;
        }
        catch (ProcessRequestException failure) when (failure.Code == RenderFailures.PageBlocked)
        {
            return null;
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
