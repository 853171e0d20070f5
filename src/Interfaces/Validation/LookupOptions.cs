using System.ComponentModel.DataAnnotations;

namespace Armature.Validation;

/// <summary>How a lookup is asked.</summary>
public sealed class LookupOptions
{
    /// <summary>Values in one call.</summary>
    /// <value>Default: 1,000.</value>
    [Range(1, 100_000)]
    public int MaxValues { get; set; } = 1_000;

    /// <summary>Calls at a time: in the whole cluster for one batch, elsewhere for one <see cref="RuleSet{T}.ValidateManyAsync"/>. Equal on all silos.</summary>
    /// <value>Default: 8.</value>
    [Range(1, 256)]
    public int MaxCalls { get; set; } = 8;

    /// <summary>Attempts at one call before its values are reported as not looked up.</summary>
    /// <value>Default: 3.</value>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>The pause after the first attempt that failed; it doubles with each.</summary>
    /// <value>Default: 100 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Backoff { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time one attempt may take.</summary>
    /// <value>Default: 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Answers that are remembered at a time, as <see cref="MaxCalls"/> counts. Beyond that the oldest are forgotten, and asked for again where they are needed.</summary>
    /// <value>Default: 1,000,000.</value>
    [Range(1_000, 100_000_000)]
    public int MaxRemembered { get; set; } = 1_000_000;
}
