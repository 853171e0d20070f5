using Armature.Processes;

namespace Armature.Rendering;

/// <summary>What the end of a request in a renderer process means for its page.</summary>
internal static class RenderFailures
{
    // What V8 writes when it ends the process because its heap is full.
    private static readonly string[] HeapIsFull = ["heap out of memory", "Reached heap limit"];

    /// <summary>A page had no time left because its process computed without a pause, perhaps for another page.</summary>
    public const string PageBlocked = "page_blocked";

    /// <summary>The page's failure; null for an exception that says nothing of it.</summary>
    public static RenderException? TryTranslate(Exception exception, RenderSite site) => exception switch
    {
        ProcessRequestException { Code: PageBlocked } blocked => new RenderException(RenderErrorCodes.PageTimeout, blocked.Message, blocked),
        ProcessRequestException failure => new RenderException(failure.Code, failure.Message, failure),
        ProcessDiedException { Cause: ProcessDeathCause.DeadlineExceeded } death => new RenderException(
            RenderErrorCodes.PageTimeout,
            $"The page was not done within {site.PageTimeout.TotalSeconds:0.###} seconds (PageTimeout) and did not stop when it was told to: it computes without end, or for too long. Its process was killed.",
            death),
        ProcessDiedException { Cause: ProcessDeathCause.MemoryLimitExceeded } death => OutOfMemory(death),
        ProcessDiedException { Cause: ProcessDeathCause.Exited } death when HeapIsFull.Any(text => death.StandardError.Contains(text, StringComparison.Ordinal)) =>
            OutOfMemory(death),
        ProcessDiedException { Cause: ProcessDeathCause.PoolStopped } death => new RenderException(
            RenderErrorCodes.RendererUnavailable, $"The renderer was stopped: {death.Message}", death),
        ProcessDiedException death => new RenderException(
            RenderErrorCodes.RendererDied, $"The page took its process down, alone in a fresh one too. {death.Message}", death),
        ProcessUnavailableException unavailable => new RenderException(RenderErrorCodes.RendererUnavailable, unavailable.Message, unavailable),
        FrameException frame => new RenderException(RenderErrorCodes.PageFailed, frame.Message, frame),
        _ => null,
    };

    /// <summary>Why a site could not be loaded: its own process says it best.</summary>
    public static RenderException From(ProcessStartException failure)
    {
        var reason = failure.StandardError.Trim();
        return new RenderException(
            RenderErrorCodes.SiteUnusable, $"The site could not be loaded. {(reason.Length > 0 ? reason : failure.Message)}", failure);
    }

    private static RenderException OutOfMemory(ProcessDiedException death) => new(
        RenderErrorCodes.PageOutOfMemory,
        "The page needed more memory than its process may have (Rendering.MemoryLimitBytes; three quarters of it for the JavaScript heap).",
        death);
}
