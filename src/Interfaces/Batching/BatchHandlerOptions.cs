using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Batching;

/// <summary>What a silo is told about a handler when it is registered.</summary>
public sealed class BatchHandlerOptions
{
    /// <summary>Items at a time on one silo.</summary>
    /// <value>Default: <see cref="BatchCapacity.Io"/>; always <see cref="BatchCapacity.Cpu"/> for a handler that computes.</value>
    public BatchCapacity Capacity { get; set; } = BatchCapacity.Io;

    /// <summary>The longest time one attempt at one item may take, unless the caller gives another.</summary>
    /// <value>Default: none, which takes <c>Batching.ItemTimeout</c> of the silo (5 minutes).</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan? ItemTimeout { get; set; }

    /// <summary>Attempts at one item before its failure is reported, unless the caller gives another number.</summary>
    /// <value>Default: none, which takes <c>Batching.MaxAttempts</c> of the silo (3).</value>
    [Range(1, 100)]
    public int? MaxAttempts { get; set; }

    /// <summary>Whether running items may be started a second time at the end of a batch.</summary>
    /// <value>Default: <see cref="Batching.TailReissue.Off"/>.</value>
    public TailReissue TailReissue { get; set; } = TailReissue.Off;

    /// <summary>One handler for the silo, or a new one, in a scope of its own, for each item.</summary>
    /// <value>Default: <see cref="ServiceLifetime.Singleton"/>. Also allowed: <see cref="ServiceLifetime.Scoped"/>.</value>
    public ServiceLifetime Lifetime { get; set; } = ServiceLifetime.Singleton;
}
