namespace Armature.Batching;

/// <summary>The loops of a batch that run in the background. A defect in one of them is told, for its items would hang. Used on the coordinator's scheduler only.</summary>
internal sealed class LaneTasks(Action<Exception> onDefect)
{
    private readonly HashSet<Task> _tasks = [];

    /// <summary>Ends when all that run now have ended.</summary>
    public Task WhenAll() => Task.WhenAll(_tasks);

    public void Run(Func<Task> loop)
    {
        var guarded = GuardAsync(loop);
        if (!guarded.IsCompleted)
        {
            _tasks.Add(guarded);
            _ = ForgetAsync(guarded);
        }
    }

    private async Task GuardAsync(Func<Task> loop)
    {
        try
        {
            await loop();
        }
#pragma warning disable CA1031 // a loop that ends by a defect would leave its items unanswered: the batch fails instead of hanging
        catch (Exception exception)
#pragma warning restore CA1031
        {
            onDefect(exception);
        }
    }

    private async Task ForgetAsync(Task task)
    {
        await task;
        _tasks.Remove(task);
    }
}
