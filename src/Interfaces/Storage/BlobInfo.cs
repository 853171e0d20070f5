namespace Armature.Storage;

/// <summary>What is known of a blob without reading it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="WrittenAt">When it was last written.</param>
/// <param name="Version">A mark that differs after every write of that name.</param>
[GenerateSerializer, Immutable, Alias("armature.storage.blob-info")]
public sealed record BlobInfo(
    [property: Id(0)] string Name,
    [property: Id(1)] long Length,
    [property: Id(2)] DateTimeOffset WrittenAt,
    [property: Id(3)] string Version);
