namespace Armature.Testing;

/// <summary>Waits for something that becomes true by itself. The bound is generous: it ends a failing test, and times nothing.</summary>
public static class Eventually
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task BecomesTrueAsync(Func<bool> condition, string what) => BecomesTrueAsync(() => Task.FromResult(condition()), what);

    public static async Task BecomesTrueAsync(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Bound)
            {
                throw new TimeoutException($"Not true after {Bound}: {what}");
            }

            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }
}
