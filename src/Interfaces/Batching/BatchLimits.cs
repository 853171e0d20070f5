namespace Armature.Batching;

/// <summary>Sizes that hold on every silo and every client, because both sides rely on them.</summary>
public static class BatchLimits
{
    /// <summary>An item or a result over this many bytes goes through the blob store and not through a grain message: 256 KiB.</summary>
    public const int MaxInlineEntryBytes = 256 << 10;

    /// <summary>Bytes of items in one page from a client, and in one chunk to a silo: 1 MiB.</summary>
    public const int MaxPageBytes = 1 << 20;

    /// <summary>Bytes of results in one silo's answer: 2 MiB. Results that do not fit go through the blob store.</summary>
    public const int MaxReplyBytes = 2 << 20;

    /// <summary>Items in one page from a client, and in one chunk to a silo: 16,384.</summary>
    public const int MaxPageItems = 16_384;

    /// <summary>Bytes of one item or result that goes through the blob store: 1 GiB.</summary>
    public const long MaxBlobEntryBytes = 1L << 30;

    /// <summary>Characters of an error message; longer ones are cut: 2,048.</summary>
    public const int MaxErrorMessageLength = 2_048;

    /// <summary>How often a sender tells its batch that it lives while it waits for its own items: 10 seconds.</summary>
    public static readonly TimeSpan SenderHeartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Characters of an error code.</summary>
    public const int MaxErrorCodeLength = 128;
}
