using Armature.Batching;

namespace Armature.Rendering;

/// <summary>The batch handler of pages.</summary>
[WaitsForProcesses]
internal sealed class RenderPageHandler(SiteRenderers renderers, RenderPaceKeeper pace, TimeProvider time) : IBatchHandler<RenderJob, RenderedPage>
{
    public async ValueTask<RenderedPage> HandleAsync(RenderJob job, BatchItemContext context, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var page = await RenderAsync(job, cancellationToken);
            RenderingInstruments.OnPage("ok", time.GetElapsedTime(started));
            return page;
        }
        catch (RenderException e)
        {
            RenderingInstruments.OnPage(e.Code, time.GetElapsedTime(started));
            throw e.ToItemFailure();
        }
    }

    private async Task<RenderedPage> RenderAsync(RenderJob job, CancellationToken cancellationToken)
    {
        // A client checks it too. What it sends is not to be trusted.
        var route = RoutePath.Normalize(job.Route);
        using var lease = await renderers.RentAsync(job.Site, cancellationToken);
        await using var permit = await pace.EnterAsync(job.Site, cancellationToken);
        var page = await lease.Renderer.RenderAsync(route, cancellationToken);
        return page with { Route = job.Route };
    }
}
