namespace Armature.Caching.Tier;

/// <summary>A time in which the tier is not used.</summary>
/// <param name="Error">Why, as far as is known by now.</param>
/// <param name="Since">When it began.</param>
internal sealed record TierOutage(CacheTierException Error, DateTimeOffset Since);
