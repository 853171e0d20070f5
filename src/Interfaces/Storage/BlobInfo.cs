namespace Armature.Storage;

/// <summary>A blob as it is listed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="WrittenAt">When it was last written.</param>
public sealed record BlobInfo(string Name, long Length, DateTimeOffset WrittenAt);
