using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Armature.Rendering.Output;

/// <summary>
/// Renders pages level by level in one stream: the next level begins when the last page of this one is done, so that a crawl finds the
/// same pages in the same order however many are rendered at a time.
/// </summary>
/// <param name="render">Renders routes.</param>
/// <param name="maxWrites">Pages that are handled at a time.</param>
/// <param name="handle">Is given each page as it comes; several at once.</param>
internal sealed class RenderedLevels(PageRenderer render, int maxWrites, Action<PlannedPage, RenderedPage> handle)
{
    // Enough that a renderer never waits for routes, and little memory.
    private const int RoutesAhead = 256;

    private readonly Channel<string> _routes = Channel.CreateBounded<string>(RoutesAhead);
    private readonly ConcurrentDictionary<string, PlannedPage> _outstanding = new(StringComparer.Ordinal);
    private TaskCompletionSource _levelDone = new();
    private int _left;

    /// <summary>Renders all levels.</summary>
    /// <param name="levels">Gives each level when it is asked for.</param>
    /// <param name="tryReuse">Takes a page over without rendering it; several at once.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Pages that the renderer has not answered, when it ended early.</returns>
    public async Task<IReadOnlyCollection<PlannedPage>> RunAsync(
        IEnumerable<IReadOnlyList<PlannedPage>> levels, Func<PlannedPage, CancellationToken, ValueTask<bool>> tryReuse, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var rendering = RenderAsync(stop.Token);
        var feeding = FeedAsync(levels, tryReuse, stop.Token);
        if (await Task.WhenAny(rendering, feeding).ConfigureAwait(false) == rendering || feeding.IsFaulted)
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }

        await WhenBothAsync(feeding, rendering, stop.Token, cancellationToken).ConfigureAwait(false);
        return [.. _outstanding.Values];
    }

    // The first real failure counts, and not the cancellation that it caused.
    private static async Task WhenBothAsync(Task feeding, Task rendering, CancellationToken stopped, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(feeding, rendering).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested && !cancellationToken.IsCancellationRequested && !feeding.IsFaulted && !rendering.IsFaulted)
        {
            // The renderer ended before it was given all routes.
        }
    }

    private async Task RenderAsync(CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = maxWrites, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(render(_routes.Reader.ReadAllAsync(cancellationToken), cancellationToken), options, (page, _) =>
        {
            if (_outstanding.TryGetValue(page.Route, out var planned))
            {
                handle(planned, page);
                End(planned);
            }

            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
    }

    private async Task FeedAsync(
        IEnumerable<IReadOnlyList<PlannedPage>> levels, Func<PlannedPage, CancellationToken, ValueTask<bool>> tryReuse, CancellationToken cancellationToken)
    {
        foreach (var level in levels.Where(level => level.Count > 0))
        {
            (_left, _levelDone) = (level.Count, new(TaskCreationOptions.RunContinuationsAsynchronously));
            foreach (var page in level)
            {
                _outstanding.TryAdd(page.Route, page);
            }

            await Parallel.ForEachAsync(level, new ParallelOptions { MaxDegreeOfParallelism = maxWrites, CancellationToken = cancellationToken }, async (page, token) =>
            {
                await Task.Yield(); // What is taken over waits for nothing, and the renderer's answers want their turn.
                if (await tryReuse(page, token).ConfigureAwait(false))
                {
                    End(page);
                    return;
                }

                await _routes.Writer.WriteAsync(page.Route, token).ConfigureAwait(false);
            }).ConfigureAwait(false);
            await _levelDone.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        _routes.Writer.Complete();
    }

    // The last page of a level lets the next one begin.
    private void End(PlannedPage page)
    {
        if (_outstanding.TryRemove(page.Route, out _) && Interlocked.Decrement(ref _left) == 0)
        {
            _levelDone.SetResult();
        }
    }
}
