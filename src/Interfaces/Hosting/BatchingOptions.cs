using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>The batch engine of a silo. Section <c>Armature:Batching</c>.</summary>
public sealed class BatchingOptions
{
    /// <summary>Items in one batch.</summary>
    /// <value>Default: 1,000,000.</value>
    [Range(1, 100_000_000)]
    public int MaxItems { get; set; } = 1_000_000;

    /// <summary>Bytes of one batch's items that travel inline; larger items go by reference and do not count.</summary>
    /// <value>Default: 256 MiB.</value>
    [Range(1L << 20, 1L << 36)]
    public long MaxInlineBytes { get; set; } = 256L << 20;

    /// <summary>Batches that one silo coordinates at a time.</summary>
    /// <value>Default: 100.</value>
    [Range(1, 100_000)]
    public int MaxConcurrentBatches { get; set; } = 100;

    /// <summary>Bytes of a batch's items that wait at its coordinator before the sender is asked to wait.</summary>
    /// <value>Default: 32 MiB.</value>
    [Range(1L << 20, 1L << 32)]
    public long MaxQueuedBytes { get; set; } = 32L << 20;

    /// <summary>Bytes of results that a coordinator keeps in memory; further ones go to the blob store.</summary>
    /// <value>Default: 256 MiB.</value>
    [Range(1L << 20, 1L << 36)]
    public long MaxResultBytes { get; set; } = 256L << 20;

    /// <summary>The longest time one attempt at one item may take, where neither caller nor handler says otherwise.</summary>
    /// <value>Default: 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan ItemTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an item that was cancelled, or whose time is over, may go on before its slot is given to the next.</summary>
    /// <value>Default: 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan CancellationGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Attempts at one item, where neither caller nor handler says otherwise.</summary>
    /// <value>Default: 3.</value>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>The wait before a failed item's second attempt; it doubles with every further one, up to 30 seconds.</summary>
    /// <value>Default: 100 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan RetryBackoff { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long a batch whose last item has not come waits for a sign of its sender, who gives one every 10 seconds. Then the
    /// batch fails, so that a caller that died does not hold its place for ever.
    /// </summary>
    /// <value>Default: 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:30", "1.00:00:00")]
    public TimeSpan SenderTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the results of an ended batch can be read.</summary>
    /// <value>Default: 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan ResultRetention { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the results of an ended durable batch can be read; then its records and blobs are deleted.</summary>
    /// <value>Default: 1 hour. Not below <see cref="ResultRetention"/>.</value>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan DurableRetention { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often every silo looks for durable batches that nobody coordinates; beside that it looks when a silo comes or goes.</summary>
    /// <value>Default: 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ResumeInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Items that wait on one silo, of all batches together; what comes above it is sent back to its coordinator.</summary>
    /// <value>Default: 1,000,000.</value>
    [Range(1, 100_000_000)]
    public int MaxNodeQueuedItems { get; set; } = 1_000_000;

    /// <summary>The work that the engine aims to give a silo in one call.</summary>
    /// <value>Default: 150 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan ChunkTarget { get; set; } = TimeSpan.FromMilliseconds(150);
}
