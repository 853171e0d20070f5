namespace Armature.Batching;

/// <summary>Runs one item of a chunk through a handler, whatever its types, and reports to the chunk.</summary>
internal interface IItemRunner
{
    /// <summary>True when items run on the dedicated threads.</summary>
    bool Computes { get; }

    /// <summary>Runs the item and reports it. Never throws; completes synchronously when the item does.</summary>
    ValueTask RunAsync(ChunkRun chunk, int position);
}
