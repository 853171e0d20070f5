using System.Runtime.CompilerServices;
using Armature.Batching;
using Armature.Caching;
using Armature.Storage;

namespace Armature.Rendering;

/// <summary>Renders pages of JavaScript sites in warm Node processes, on every core of every silo. Thread-safe.</summary>
public sealed partial class RenderingClient
{
    private readonly BatchClient _batches;
    private readonly CacheClients _caches;
    private readonly SiteSender _sender;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates the client; done by the container.</summary>
    public RenderingClient(BatchClient batches, CacheClients caches, IBlobStore blobs, TimeProvider timeProvider)
    {
        _batches = batches;
        _caches = caches;
        _timeProvider = timeProvider;
        _sender = new SiteSender(blobs, timeProvider);
    }

    /// <summary>Renders one page.</summary>
    /// <param name="site">The site.</param>
    /// <param name="route">The page: a path with an optional query, such as <c>/products/1</c>.</param>
    /// <param name="options">Attempts; null for the defaults.</param>
    /// <param name="cancellationToken">Gives the page up: the site is told to stop.</param>
    /// <exception cref="RenderException">The page failed; the code is one of <see cref="RenderErrorCodes"/> or <see cref="ItemErrorCodes"/>.</exception>
    /// <inheritdoc cref="BatchClient.RunAsync{TItem, TResult}" path="/exception"/>
    public async Task<RenderedPage> RenderAsync(
        Site site, string route, RenderOptions? options = null, CancellationToken cancellationToken = default)
    {
        var pages = await RenderManyAsync(site, [route], options, cancellationToken).ConfigureAwait(false);
        var page = pages[route];
        return page.Error is { } error ? throw new RenderException(error.Code, error.Message) : page;
    }

    /// <summary>Renders many pages, and waits for all of them. A route that is given twice is rendered once.</summary>
    /// <param name="site">The site.</param>
    /// <param name="routes">The pages.</param>
    /// <param name="options">Attempts; null for the defaults.</param>
    /// <param name="cancellationToken">Gives all pages up.</param>
    /// <returns>
    /// An entry for each route, in the order in which they were first given. A page that failed has an <see cref="RenderedPage.Error"/>, and
    /// never sinks its neighbours.
    /// </returns>
    /// <inheritdoc cref="BatchClient.RunAsync{TItem, TResult}" path="/exception"/>
    public async Task<IReadOnlyDictionary<string, RenderedPage>> RenderManyAsync(
        Site site, IReadOnlyCollection<string> routes, RenderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var pages = new OrderedDictionary<string, RenderedPage>(routes.Count, StringComparer.Ordinal);
        foreach (var route in routes)
        {
            pages.TryAdd(route, null!);
        }

        await foreach (var page in StreamAsync(site, pages.Keys.ToAsyncEnumerable(), options, cancellationToken).ConfigureAwait(false))
        {
            pages[page.Route] = page;
        }

        return pages;
    }

    /// <summary>
    /// Renders pages whose routes are still being found, and gives them as they are done. Routes are read no faster than they are rendered.
    /// Cancelling the token, or leaving the loop, gives the rest up.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="routes">The pages.</param>
    /// <param name="options">Attempts; null for the defaults.</param>
    /// <param name="cancellationToken">Gives the rest up.</param>
    /// <returns>Each page, or its error, as it is done.</returns>
    /// <inheritdoc cref="BatchClient.RunAsync{TItem, TResult}" path="/exception"/>
    public async IAsyncEnumerable<RenderedPage> StreamAsync(
        Site site,
        IAsyncEnumerable<string> routes,
        RenderOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(routes);
        options ??= new();
        await _sender.SendAsync(site, cancellationToken).ConfigureAwait(false);
        var feed = new RouteFeed(routes, cancellationToken);
        await using var _ = feed.ConfigureAwait(false);
        var losses = new BatchLosses();
        while (true)
        {
            var isLost = false;
            await using var pages = RunBatchAsync(site, feed, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await pages.MoveNextAsync().ConfigureAwait(false))
                    {
                        break;
                    }
                }
                catch (ArmatureException lost) when (losses.MayRepeat(lost))
                {
                    isLost = true;
                    break;
                }

                yield return pages.Current;
            }

            if (!isLost)
            {
                yield break;
            }

            feed.OnLost();
        }
    }

    /// <summary>The routes that the site's own bundle names: Angular's manifest, or the export <c>routes</c> of a module.</summary>
    /// <param name="site">The site.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The routes in the bundle's order; empty when it names none.</returns>
    /// <exception cref="RenderException">The site could not be loaded.</exception>
    /// <inheritdoc cref="BatchClient.RunAsync{TItem, TResult}" path="/exception"/>
    public async Task<IReadOnlyList<SiteRoute>> ListRoutesAsync(Site site, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(site);
        await _sender.SendAsync(site, cancellationToken).ConfigureAwait(false);
        var result = await _batches.RunAsync<RenderSite, SiteRoutes>(
            RenderJob.RoutesHandlerName, [site.Description], options: null, cancellationToken).ConfigureAwait(false);
        return result[0].Error is { } error ? throw new RenderException(error.Code, error.Message) : result[0].Value.Routes;
    }

    /// <summary>
    /// A site whose pages are rendered when they are asked for and kept in the cluster's cache: what others call incremental static
    /// regeneration. Calls nobody.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="options">How pages are kept; null for the defaults.</param>
    /// <exception cref="ArgumentException">The name is none of a cache.</exception>
    public LiveSite Live(Site site, LiveSiteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(site);
        options ??= new();
        return new LiveSite(this, _caches.Create<RenderedPage>(options.CacheName, CacheFormat.Orleans), site, options);
    }

    private async IAsyncEnumerable<RenderedPage> RunBatchAsync(
        Site site, RouteFeed feed, RenderOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var jobs = feed.JobsAsync(site.Description, cancellationToken);
        var results = _batches.StreamAsync<RenderJob, RenderedPage>(RenderJob.HandlerName, jobs, options.ToBatch(), cancellationToken);
        await foreach (var item in results.ConfigureAwait(false))
        {
            if (feed.Close(item.Index) is { } route)
            {
                yield return ToPage(site, route, item);
            }
        }
    }

    private RenderedPage ToPage(Site site, string route, BatchItem<RenderedPage> item)
    {
        if (item.Error is not { } error)
        {
            return item.Value;
        }

        if (error.Code == RenderErrorCodes.SiteMissing)
        {
            _sender.Forget(site);
        }

        return new RenderedPage { Route = route, Error = error };
    }
}
