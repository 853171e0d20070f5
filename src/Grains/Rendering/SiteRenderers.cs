using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Rendering;

/// <summary>The sites whose processes are warm on this silo. At most <see cref="RenderingOptions.MaxSites"/>; idle ones end.</summary>
internal sealed class SiteRenderers : IAsyncDisposable
{
    // How long a page of one site too many waits for a place.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SiteSurroundings _surroundings;
    private readonly RenderingOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _idle;
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Dictionary<RenderSite, Entry> _entries = [];
    private bool _isStopped;
    private TaskCompletionSource _changed = NewSignal();

    public SiteRenderers(SiteSurroundings surroundings, IOptions<ArmatureOptions> options, TimeProvider time)
    {
        _surroundings = surroundings;
        _options = options.Value.Rendering;
        _time = time;
        _idle = time.CreateTimer(_ => EndIdle(), null, _options.IdleTimeout, _options.IdleTimeout / 4);
    }

    /// <summary>The renderer of a site, for one page; the caller disposes of the lease. Waits for a place, for a minute at most, where as many sites are rendered as may be.</summary>
    /// <exception cref="RenderException">The site may not or cannot be rendered here.</exception>
    public async Task<SiteLease> RentAsync(RenderSite site, CancellationToken cancellationToken)
    {
        var entry = await UseAsync(site, cancellationToken);
        try
        {
            var renderer = await entry.Renderer.WaitAsync(cancellationToken);
            return new SiteLease(renderer, () => Release(entry, renderer));
        }
        catch
        {
            Release(entry, null);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Entry[] entries;
        lock (_lock)
        {
            _isStopped = true;
            Signal();
            entries = [.. _entries.Values];
            _entries.Clear();
        }

        await _idle.DisposeAsync();
        await Task.WhenAll(entries.Select(static entry => entry.DisposeAsync().AsTask()));
    }

    private async Task<Entry> UseAsync(RenderSite site, CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        while (true)
        {
            if (TryUse(site, out var changed) is { } entry)
            {
                return entry;
            }

            try
            {
                var left = Patience - _time.GetElapsedTime(since);
                await changed.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw new RenderException(
                    RenderErrorCodes.RendererUnavailable,
                    $"The silo has rendered {_options.MaxSites:N0} other sites for a minute, which is the most that it may at a time (Rendering.MaxSites); try again when one has ended.");
            }
        }
    }

    // Null when there is no place.
    private Entry? TryUse(RenderSite site, out Task changed)
    {
        Entry? evicted = null;
        Entry? entry;
        lock (_lock)
        {
            ThrowIfStopped();
            changed = _changed.Task;
            if (!_entries.TryGetValue(site, out entry))
            {
                SiteCheck.ThrowIfInvalid(site);
                ThrowIfNotAllowed(site);
                if (_entries.Count >= _options.MaxSites)
                {
                    evicted = FindIdle();
                    if (evicted is null)
                    {
                        return null;
                    }

                    _entries.Remove(evicted.Site);
                }

                entry = new Entry(site);
                _entries.Add(site, entry);
                entry.Open(_surroundings);
            }

            entry.Users++;
        }

        End(evicted);
        return entry;
    }

    private void ThrowIfStopped()
    {
        if (_isStopped)
        {
            throw new RenderException(RenderErrorCodes.RendererUnavailable, "The silo is stopping.");
        }
    }

    private void ThrowIfNotAllowed(RenderSite site)
    {
        if (_options.AllowedBundles.Count > 0 && !_options.AllowedBundles.Contains(site.Bundle, StringComparer.OrdinalIgnoreCase))
        {
            throw new RenderException(
                RenderErrorCodes.SiteNotAllowed,
                $"This silo runs {_options.AllowedBundles.Count:N0} known bundles (Rendering.AllowedBundles), and {site.Bundle} is not one of them.");
        }
    }

    // Called with the lock held.
    private Entry? FindIdle() => _entries.Values.Where(static entry => entry.Users == 0).MinBy(static entry => entry.UsedAt);

    // Called with the lock held.
    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Release(Entry entry, SiteRenderer? renderer)
    {
        var isOver = renderer?.HasLostItsFiles ?? entry.Renderer is { IsFaulted: true } or { IsCanceled: true };
        var isLast = false;
        lock (_lock)
        {
            entry.Users--;
            entry.UsedAt = _time.GetTimestamp();
            if (entry.Users == 0)
            {
                Signal();
            }

            if (isOver && !_isStopped)
            {
                // The next page opens the site anew; those who still have this one end it.
                if (_entries.GetValueOrDefault(entry.Site) == entry)
                {
                    _entries.Remove(entry.Site);
                }

                isLast = entry.Users == 0;
            }
        }

        End(isLast ? entry : null);
    }

    private void EndIdle()
    {
        List<Entry> idle;
        lock (_lock)
        {
            idle = [.. _entries.Values.Where(entry => entry.Users == 0 && _time.GetElapsedTime(entry.UsedAt) >= _options.IdleTimeout)];
            idle.ForEach(entry => _entries.Remove(entry.Site));
        }

        idle.ForEach(End);
    }

    // Nobody waits for the end of its processes.
    private static void End(Entry? entry) => _ = entry?.DisposeAsync().AsTask();

    private sealed class Entry(RenderSite site) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public RenderSite Site => site;

        public Task<SiteRenderer> Renderer { get; private set; } = null!;

        // Both guarded by the lock of the renderers.
        public int Users { get; set; }

        public long UsedAt { get; set; }

        /// <summary>Not with the first caller's token: others wait for the same renderer.</summary>
        public void Open(SiteSurroundings surroundings) =>
            Renderer = Task.Run(() => SiteRenderer.OpenAsync(site, surroundings, _stop.Token), CancellationToken.None);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            try
            {
                await (await Renderer).DisposeAsync();
            }
            catch (Exception e) when (e is RenderException or OperationCanceledException or IOException)
            {
                // It never opened, and whoever waited for it was told.
            }

            _stop.Dispose();
        }
    }
}
