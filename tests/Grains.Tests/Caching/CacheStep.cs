namespace Armature.Caching;

/// <summary>One call of a random test.</summary>
internal sealed record CacheStep(CacheAct Act, int Key, int Size, Expiry Expiry);
