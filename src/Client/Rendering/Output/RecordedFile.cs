namespace Armature.Rendering.Output;

/// <summary>A file of a version as it was written.</summary>
/// <param name="Path">Its path in the site's folder, with '/'.</param>
/// <param name="Hash">The SHA-256 of its bytes, in hexadecimal digits.</param>
internal sealed record RecordedFile(string Path, string Hash);
