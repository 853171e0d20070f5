namespace Armature.Caching;

/// <summary>Values that have expired, given when newer ones cannot be made, by a cache in memory alone.</summary>
public sealed class StaleOnErrorTests() : StaleOnErrorCases(new());
