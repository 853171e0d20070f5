namespace Armature.Caching;

/// <summary>What became of one key of a <see cref="LoadCall"/>.</summary>
/// <param name="State">Which of the rest there is.</param>
/// <param name="Token">Of a lease that was granted.</param>
/// <param name="Value">A value that was found.</param>
/// <param name="Error">Why it failed.</param>
internal readonly record struct LoadOutcome(LoadState State, long Token = 0, CachedValue Value = default, ItemError? Error = null);
