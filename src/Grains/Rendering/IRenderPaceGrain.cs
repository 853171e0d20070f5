using Orleans.Concurrency;

namespace Armature.Rendering;

/// <summary>Keeps the limits of one backend over the whole cluster. The key is <see cref="RenderPace.Name"/>. What it knows is in memory: when its silo dies, it begins anew.</summary>
[Alias("armature.rendering.render-pace-gate")]
internal interface IRenderPaceGrain : IGrainWithStringKey
{
    /// <summary>Waits for the permission to render a page, for 20 seconds at most. May be repeated with the same permit.</summary>
    /// <returns>False: ask again.</returns>
    [Alias("enter"), AlwaysInterleave, ResponseTimeout("00:00:30")]
    Task<bool> EnterAsync(RenderPace pace, PacePermit permit, CancellationToken cancellationToken);

    /// <summary>Gives a permission back. May be repeated.</summary>
    [Alias("leave"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task LeaveAsync(Guid permit, CancellationToken cancellationToken);
}
