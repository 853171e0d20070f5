namespace Armature.Processes;

/// <summary>
/// Looks at the resident size of every child ten times a second. The kernel's limit on a child's data, where there is one,
/// does not count shared mappings and files.
/// </summary>
internal static class MemoryWatch
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    internal static async Task RunAsync(Func<IEnumerable<ChildSession>> children, TimeProvider time, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                foreach (var child in children())
                {
                    child.CheckMemory();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
    }
}
