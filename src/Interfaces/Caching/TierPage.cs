namespace Armature.Caching;

/// <summary>What a tier has of some keys.</summary>
/// <param name="Run">Which start of the tier answered: <see cref="TierOpening.Run"/>.</param>
/// <param name="Values">Of each key that was read, from the first on; at least one.</param>
public sealed record TierPage(string Run, IReadOnlyList<TierValue> Values);
