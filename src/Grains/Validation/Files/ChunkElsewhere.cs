using Armature.Batching;

namespace Armature.Validation.Files;

/// <summary>The failure of a part whose bytes are in another process: its sender sends them then.</summary>
internal static class ChunkElsewhere
{
    public static BatchItemException Failure() => new(FileErrorCodes.ChunkElsewhere, "The bytes of this part lie in another process, and have to be sent.");
}
