using Armature.Hosting;

namespace Armature.Caching;

/// <summary>The bounds of the loads of one silo.</summary>
/// <param name="MaxLeases">Keys that are loaded at a time.</param>
/// <param name="MaxWaiting">Keys that calls wait for at a time, each counted for each call.</param>
/// <param name="Lease">How long a load may take before somebody else gets it, unless its lease is renewed.</param>
internal sealed record LoadLimits(int MaxLeases, int MaxWaiting, TimeSpan Lease)
{
    public static LoadLimits From(CachingOptions options) => new(options.MaxLoads, options.MaxLoadWaiters, options.LoadLease);
}
