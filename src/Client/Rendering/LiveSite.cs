using System.Security.Cryptography;
using System.Text;
using Armature.Caching;

namespace Armature.Rendering;

/// <summary>
/// A site whose pages are rendered when they are asked for, and kept in the cluster's cache: the first who asks for a page has it rendered,
/// in the whole cluster once, and the others wait for it or get it from memory. Thread-safe.
/// </summary>
public sealed class LiveSite
{
    // Together with the caller's they are the 16 that the cache allows.
    private const string SiteTag = "site:";
    private const string RouteTag = "route:";

    private readonly RenderingClient _rendering;
    private readonly CacheClient<RenderedPage> _cache;
    private readonly Site _site;
    private readonly LiveSiteOptions _options;
    private readonly string _prefix;

    internal LiveSite(RenderingClient rendering, CacheClient<RenderedPage> cache, Site site, LiveSiteOptions options)
    {
        _rendering = rendering;
        _cache = cache;
        _site = site;
        _options = options;

        // Another bundle renders other pages, and so does the same one with another entry (a language of Angular's) or origin.
        var (entry, template, origin) = (site.Description.Entry, site.Description.Template, site.Description.Origin);
        _prefix = $"{Hash($"{site.Description.Bundle}\n{site.Description.Adapter}\n{entry}\n{template}")[..32]}:{origin}";
    }

    /// <summary>The page of a route: from memory, or rendered now.</summary>
    /// <param name="route">A path with an optional query, as a request has them.</param>
    /// <param name="cancellationToken">Ends the wait; others go on.</param>
    /// <exception cref="RenderException">The page failed and there is no older one, or the route is none.</exception>
    /// <exception cref="CallUnansweredException">The cluster did not answer.</exception>
    public async Task<LivePage> GetAsync(string route, CancellationToken cancellationToken = default)
    {
        var wanted = RouteQuery.Keep(RoutePath.Normalize(route), _options.QueryParameters);
        IReadOnlyList<string> tags = [SiteTag + Short(_prefix), RouteTag + Short(KeyOf(wanted)), .. _options.TagsOf?.Invoke(wanted) ?? []];
        var entries = await _cache.GetOrCreateManyAsync([KeyOf(wanted)], RenderAsync, _options.ToLoad(tags), cancellationToken).ConfigureAwait(false);
        return entries[0].Error is { } error
            ? throw new RenderException(error.Code, error.Message)
            : new LivePage(entries[0].Value, entries[0].IsStale);

        async Task<IReadOnlyDictionary<string, CacheEntry<RenderedPage>>> RenderAsync(IReadOnlyList<string> keys, CancellationToken token)
        {
            var pages = await _rendering.RenderManyAsync(_site, [wanted], null, token).ConfigureAwait(false);
            return new Dictionary<string, CacheEntry<RenderedPage>> { [keys[0]] = EntryOf(pages[wanted]) };
        }
    }

    /// <summary>Has a page rendered anew when it is asked for next.</summary>
    /// <inheritdoc cref="CacheClient{T}.InvalidateTagsAsync" path="/exception"/>
    public Task InvalidateAsync(string route, CancellationToken cancellationToken = default) =>
        _cache.InvalidateTagsAsync([RouteTag + Short(KeyOf(RouteQuery.Keep(RoutePath.Normalize(route), _options.QueryParameters)))], cancellationToken);

    /// <summary>Has all pages rendered anew that have one of these tags (<see cref="LiveSiteOptions.TagsOf"/>).</summary>
    /// <inheritdoc cref="CacheClient{T}.InvalidateTagsAsync" path="/exception"/>
    public Task InvalidateTagsAsync(IReadOnlyCollection<string> tags, CancellationToken cancellationToken = default) =>
        _cache.InvalidateTagsAsync(tags, cancellationToken);

    /// <summary>Has every page of the site rendered anew.</summary>
    /// <inheritdoc cref="CacheClient{T}.InvalidateTagsAsync" path="/exception"/>
    public Task InvalidateAllAsync(CancellationToken cancellationToken = default) =>
        _cache.InvalidateTagsAsync([SiteTag + Short(_prefix)], cancellationToken);

    // A page that says 5xx could not be rendered, whatever it shows: an older one is better, and it is not kept.
    private static CacheEntry<RenderedPage> EntryOf(RenderedPage page) => page switch
    {
        { Error: { } error } => new(error),
        { Status: >= 500 } => new(new ItemError(RenderErrorCodes.PageFailed, $"The page {page.Route} says {page.Status}.")),
        _ => new(page),
    };

    private string KeyOf(string route)
    {
        var key = _prefix + route;
        return key.Length <= CacheLimits.MaxKeyLength ? key : $"{_prefix}#{Hash(route)}";
    }

    // A tag has at most 128 characters.
    private static string Short(string text) => text.Length <= 100 ? text : Hash(text);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
