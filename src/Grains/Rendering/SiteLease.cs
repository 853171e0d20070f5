namespace Armature.Rendering;

/// <summary>The use of a site's renderer by one page, until it is disposed.</summary>
internal sealed class SiteLease(SiteRenderer renderer, Action release) : IDisposable
{
    public SiteRenderer Renderer => renderer;

    public void Dispose() => release();
}
