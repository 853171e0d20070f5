using Armature.Batching;

namespace Armature.Rendering;

/// <summary>The batch handler that lists the routes which a site's bundle names.</summary>
internal sealed class RenderRoutesHandler(SiteRenderers renderers) : IBatchHandler<RenderSite, SiteRoutes>
{
    public async ValueTask<SiteRoutes> HandleAsync(RenderSite site, BatchItemContext context, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await renderers.RentAsync(site, cancellationToken);
            return await lease.Renderer.ListRoutesAsync(cancellationToken);
        }
        catch (RenderException e)
        {
            throw e.ToItemFailure();
        }
    }
}
