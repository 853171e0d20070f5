namespace Armature.Storage;

/// <summary>Work that waits for its group. Its task is what those who wait for it await.</summary>
internal sealed class WorkEntry<T>(T work, int count, long bytes) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public T Work => work;

    public int Count => count;

    public long Bytes => bytes;
}
