namespace Armature.Caching;

/// <summary>One key of a call that waits for whoever loads it.</summary>
internal readonly record struct LoadPlace(LoadCall Call, int Index);
