using Armature.Batching;

namespace Armature.Rendering;

/// <summary>A page that failed as the failure of its batch item.</summary>
internal static class RenderItemFailure
{
    /// <summary>A backend may recover, and another silo may have a process; whatever the site's own code says of a page it will say again.</summary>
    public static BatchItemException ToItemFailure(this RenderException failure) => new(failure.Code, failure.Message)
    {
        IsRetryable = failure.Code is RenderErrorCodes.BackendFailed or RenderErrorCodes.RendererUnavailable,
    };
}
