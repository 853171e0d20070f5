using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Armature.Rendering;

/// <summary>
/// The routes of a call on their way into a batch, and which of them have no page yet. When the batch is lost with the silo that
/// coordinated it, those go into the next one, before the rest.
/// </summary>
internal sealed class RouteFeed : IAsyncDisposable
{
    // Few: routes are read no faster than they are rendered.
    private const int ReadAhead = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Channel<string> _read = Channel.CreateBounded<string>(ReadAhead);
    private readonly CancellationTokenSource _stop;
    private readonly Task _reading;

    // The engine knows pages by their place in the batch. A page that failed does not come with its route.
    private readonly ConcurrentDictionary<int, string> _open = [];
    private string[] _again = [];
    private int _sent;

    public RouteFeed(IAsyncEnumerable<string> routes, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _reading = ReadAsync(routes, _stop.Token);
    }

    /// <summary>The jobs of one batch.</summary>
    public async IAsyncEnumerable<RenderJob> JobsAsync(RenderSite site, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var route in _again)
        {
            yield return Open(site, route);
        }

        await foreach (var route in _read.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return Open(site, route);
        }
    }

    /// <summary>The route at a place, which has its page now; null when it had one already.</summary>
    public string? Close(int index) => _open.TryRemove(index, out var route) ? route : null;

    /// <summary>The batch is lost: what has no page begins the next one.</summary>
    public void OnLost()
    {
        // What the lost batch had not taken of the last time comes behind what it had.
        _again = [.. _open.OrderBy(static pair => pair.Key).Select(static pair => pair.Value), .. _again.Skip(_sent)];
        _open.Clear();
        _sent = 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);

        // A source that ignores its token is left alone.
        if (await Task.WhenAny(_reading, Task.Delay(Patience, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false) == _reading)
        {
            _stop.Dispose();
        }
    }

    private RenderJob Open(RenderSite site, string route)
    {
        _open[_sent++] = route;
        return new RenderJob { Site = site, Route = route };
    }

    private async Task ReadAsync(IAsyncEnumerable<string> routes, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var route in routes.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await _read.Writer.WriteAsync(route, cancellationToken).ConfigureAwait(false);
            }

            _read.Writer.Complete();
        }
#pragma warning disable CA1031 // whoever reads the routes gets it
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _read.Writer.Complete(exception);
        }
    }
}
