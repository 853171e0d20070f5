namespace Armature.Rendering;

/// <summary>What a renderer process says of a page before its bytes.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The HTTP headers, with names in lower case.</param>
internal sealed record PageHead(int Status, Dictionary<string, string>? Headers);
