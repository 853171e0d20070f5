using Armature.Hosting;

namespace Armature.Caching.Tier;

/// <summary>The bounds of what a silo has to do with the tier.</summary>
/// <param name="Timeout">How long the tier may take to answer.</param>
/// <param name="MaxUnsavedKeys">Keys of a partition that are remembered while the tier is away.</param>
internal sealed record TierLimits(TimeSpan Timeout, int MaxUnsavedKeys)
{
    public static TierLimits From(CachingRedisOptions options) => new(options.Timeout, options.MaxUnsavedKeys);
}
