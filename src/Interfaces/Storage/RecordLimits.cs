namespace Armature.Storage;

/// <summary>What fits into a record store. Beyond it, bytes belong into the blob store.</summary>
public static class RecordLimits
{
    /// <summary>Characters of a partition's name or of a key: 256.</summary>
    public const int MaxNameLength = 256;

    /// <summary>Bytes of one value: 1 MiB and room for its frame.</summary>
    public const int MaxValueBytes = (1 << 20) + (64 << 10);

    /// <summary>Changes of one commit: 1,000.</summary>
    public const int MaxCommitChanges = 1_000;

    /// <summary>Bytes of the keys and values of one commit: 4 MiB.</summary>
    public const int MaxCommitBytes = 4 << 20;
}
