namespace Armature.Batching;

/// <summary>A chunk that a fake silo has and the test answers.</summary>
internal sealed class HeldChunk(SiloAddress silo, ChunkRequest request, Action<HeldChunk> answered)
{
    private readonly TaskCompletionSource<ChunkReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SiloAddress Silo => silo;

    public ChunkRequest Request => request;

    public Task<ChunkReply> Reply => _reply.Task;

    public int[] Indices => request.Items.Indices;

    /// <summary>Every item succeeds; its result is its own bytes.</summary>
    /// <param name="each">How long each took; a second where nothing is said.</param>
    public void Complete(TimeSpan? each = null) => Answer(request.Items, PackedEntries.Empty, [], NodeState.Ready, each);

    /// <summary>Every item fails in a way that another attempt may get over.</summary>
    public void FailItems(PackedEntries errors) => Answer(PackedEntries.Empty, errors, [], NodeState.Ready);

    /// <summary>No item was started.</summary>
    public void Return(NodeState state) => Answer(PackedEntries.Empty, PackedEntries.Empty, request.Items.Indices, state);

    /// <summary>The call fails.</summary>
    public void Fail(Exception exception)
    {
        answered(this);
        _reply.TrySetException(exception);
    }

    private void Answer(PackedEntries results, PackedEntries failures, int[] returned, NodeState state, TimeSpan? each = null)
    {
        answered(this);
        _reply.TrySetResult(new ChunkReply
        {
            Results = results,
            Failures = failures,
            Returned = returned,
            Busy = (each ?? TimeSpan.FromSeconds(1)) * results.Count,
            State = state,
        });
    }
}
