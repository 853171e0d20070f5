namespace Armature.Caching;

/// <summary>How long one entry lives on.</summary>
/// <param name="IsFound">True when there is an entry.</param>
/// <param name="TimeToLive">What is left of its life, to the millisecond; null when it does not expire, or is not there.</param>
/// <param name="Error">Why the key could not be dealt with; null when it was.</param>
public readonly record struct CacheTtl(bool IsFound, TimeSpan? TimeToLive = null, ItemError? Error = null);
