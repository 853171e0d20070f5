namespace Armature.Caching;

/// <summary>A copy of an entry.</summary>
/// <param name="Value">Its bytes.</param>
/// <param name="Hash">The hash of its key.</param>
/// <param name="Round">The round of the <see cref="ChangeFeed"/> when it was asked for.</param>
/// <param name="GoodUntil">A timestamp after which the cluster is asked again.</param>
internal sealed record NearEntry(ReadOnlyMemory<byte> Value, ulong Hash, int Round, long GoodUntil);
