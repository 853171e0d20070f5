using Armature.Hosting;
using Armature.Processes;

namespace Armature.Rendering;

/// <summary>The pools of a site.</summary>
internal static class RendererPool
{
    // Room for the head before the page.
    private const int HeadBytes = 64 << 10;

    /// <summary>Warm processes, which have as many pages in flight as they want.</summary>
    public static ProcessPoolOptions Many(RenderSite site, ArmatureOptions options, TimeSpan grace) => Common(site, options, grace, pool =>
    {
        pool.Size = ProcessesOf(options);
        pool.MaxInFlight = site.MaxPagesPerProcess;
        pool.AdaptsInFlight = true;
        pool.RecycleAfterRequests = options.Rendering.RecycleAfterPages;
    });

    /// <summary>A process that has one page at a time.</summary>
    public static ProcessPoolOptions Alone(RenderSite site, ArmatureOptions options, TimeSpan grace) => Common(site, options, grace, pool =>
    {
        pool.Size = 1;
        pool.RecycleAfterRequests = options.Rendering.RecycleAfterPages;
    });

    /// <summary>A fresh process for every page.</summary>
    public static ProcessPoolOptions Fresh(RenderSite site, ArmatureOptions options, TimeSpan grace) => Common(site, options, grace, static pool =>
    {
        pool.Size = 1;
        pool.RecycleAfterRequests = 1;
        pool.RetiresAtOnce = true;
    });

    /// <summary>Processes of one site on this silo.</summary>
    public static int ProcessesOf(ArmatureOptions options) => options.Rendering.Processes ?? options.CpuThreads;

    private static ProcessPoolOptions Common(RenderSite site, ArmatureOptions options, TimeSpan grace, Action<ProcessPoolOptions> configure)
    {
        var pool = new ProcessPoolOptions
        {
            MaxQueued = 1_000_000,
            RequestTimeout = site.PageTimeout + grace,
            MemoryLimitBytes = options.Rendering.MemoryLimitBytes,
            RecycleAboveBytes = options.Rendering.RecycleAboveBytes,
            MaxFrameBytes = options.Rendering.MaxPageBytes + HeadBytes,
            CancelledRequest = CancelledRequestPolicy.Drain,
        };
        configure(pool);
        return pool;
    }
}
