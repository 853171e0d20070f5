namespace Armature;

/// <summary>The codes that the batch engine itself gives to failed items. Systems and handlers add their own.</summary>
public static class ItemErrorCodes
{
    /// <summary>The handler threw; the message names the exception.</summary>
    public const string HandlerFailed = "handler_failed";

    /// <summary>The item ran longer than its item timeout.</summary>
    public const string ItemTimeout = "item_timeout";

    /// <summary>The batch was cancelled before the item was done.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Two processes died while this item, and at the second death this item alone, was running there.</summary>
    public const string ProcessDied = "process_died";

    /// <summary>The silo that had the item could not be called, at every attempt.</summary>
    public const string SiloUnreachable = "silo_unreachable";

    /// <summary>The item's bytes could not be read as the handler's item type.</summary>
    public const string ItemUnreadable = "item_unreadable";

    /// <summary>The handler's result could not be written, or is larger than the result limit.</summary>
    public const string ResultUnwritable = "result_unwritable";

    /// <summary>The stored bytes of a large item or result are gone or could not be read.</summary>
    public const string PayloadMissing = "payload_missing";
}
