namespace Armature.Rendering;

/// <summary>A Node program that can be used.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Version">Its version.</param>
internal sealed record NodeVersion(string Path, Version Version);
