namespace Armature.Validation.Files;

/// <summary>Codes of chunks that could not be checked at all.</summary>
internal static class FileErrorCodes
{
    /// <summary>The chunk lies in another process: it has to be sent.</summary>
    public const string ChunkElsewhere = "chunk_elsewhere";
}
