using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Armature.Rendering;

/// <summary>Asks for the permission to render a page where its site's backend has limits.</summary>
internal sealed partial class RenderPaceKeeper(IGrainFactory grains, TimeProvider time, ILogger<RenderPaceKeeper> logger)
{
    private const int MaxFailures = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // A page that loses its process is rendered again, alone and then in a fresh one.
    private const int Stages = 3;

    // Beyond that: its waits for a process.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <returns>The permission, which is given back when it is disposed.</returns>
    /// <exception cref="RenderException">The grain that counts cannot be reached.</exception>
    public async Task<IAsyncDisposable> EnterAsync(RenderSite site, CancellationToken cancellationToken)
    {
        if (site.Pace is not { } pace)
        {
            return new Permission(null, default, this);
        }

        var grain = grains.GetGrain<IRenderPaceGrain>(pace.Name);
        var permit = new PacePermit(Guid.NewGuid(), (site.PageTimeout * Stages) + Margin);
        for (var failures = 0; ;)
        {
            try
            {
                if (await grain.EnterAsync(pace, permit, cancellationToken))
                {
                    return new Permission(grain, permit.Id, this);
                }
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
            {
                if (++failures == MaxFailures)
                {
                    throw new RenderException(RenderErrorCodes.RendererUnavailable, $"The limits of the backend {pace.Name} could not be asked for: {e.Message}", e);
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private async Task LeaveAsync(IRenderPaceGrain grain, Guid permit)
    {
        try
        {
            await grain.LeaveAsync(permit, CancellationToken.None);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            LogNotReturned(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A permission to render a page was not given back; it ends by itself")]
    private static partial void LogNotReturned(ILogger logger, Exception exception);

    private sealed class Permission(IRenderPaceGrain? grain, Guid permit, RenderPaceKeeper keeper) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            if (grain is not null)
            {
                // Nobody waits for it: the page is done.
                _ = keeper.LeaveAsync(grain, permit);
            }

            return default;
        }
    }
}
