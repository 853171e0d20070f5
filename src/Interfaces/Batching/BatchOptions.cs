using System.ComponentModel.DataAnnotations;

namespace Armature.Batching;

/// <summary>What a caller may say about one batch. Everything has a default.</summary>
public sealed class BatchOptions
{
    /// <summary>
    /// The batch's id. Submitting the same id again joins the batch that is there instead of starting a second one, also when it has
    /// ended and is still kept. One that was cancelled because all its callers gave it up (the token of <c>RunAsync</c>, a loop that was
    /// left) is replaced; one that was cancelled by <c>CancelAsync</c> stays, and its items say <c>cancelled</c>.
    /// </summary>
    /// <value>Default: a new one. 1 to 128 characters of a-z, A-Z, 0-9, '-', '_' and '.', the first and the last not '.'.</value>
    [RegularExpression(BatchName.Pattern)]
    public string? Id { get; set; }

    /// <summary>The longest time one attempt at one item may take.</summary>
    /// <value>Default: the handler's, otherwise the silo's (5 minutes). From 10 ms to a day.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan? ItemTimeout { get; set; }

    /// <summary>Attempts at one item before its failure is reported.</summary>
    /// <value>Default: the handler's, otherwise the silo's (3).</value>
    [Range(1, 100)]
    public int? MaxAttempts { get; set; }

    /// <summary>
    /// Whether the batch survives the silo that coordinates it, and the whole process: its items are recorded before submit returns,
    /// its results before they can be read, and another silo, or the same one after a restart, goes on where it was.
    /// </summary>
    /// <value>Default: false.</value>
    public bool Durable { get; set; }
}
