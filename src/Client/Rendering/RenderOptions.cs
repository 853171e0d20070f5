using Armature.Batching;

namespace Armature.Rendering;

/// <summary>What a caller may say about rendering many pages. Everything has a default.</summary>
public sealed class RenderOptions
{
    /// <summary>Attempts at a page whose backend failed, or for which no process could be had.</summary>
    /// <value>Default: 3, with 100 ms between the first two and twice as long before each further one. From 1 to 100.</value>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>The id of the batch, under which <c>armature batches</c> shows it.</summary>
    /// <value>Default: a new one.</value>
    public string? BatchId { get; set; }

    internal BatchOptions ToBatch() => new() { Id = BatchId, MaxAttempts = MaxAttempts };
}
