namespace Armature.Caching;

/// <summary>A partition that leaves this silo: nothing reads or writes it here any more.</summary>
/// <param name="partition">The partition.</param>
/// <param name="handover">What goes with its ownership.</param>
internal sealed class CacheDeparture(int partition, CacheHandover handover)
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Partition => partition;

    public CacheHandover Handover => handover;

    /// <summary>Ends when the ownership has left this silo.</summary>
    public Task Left => _left.Task;

    public void Leave() => _left.TrySetResult();
}
