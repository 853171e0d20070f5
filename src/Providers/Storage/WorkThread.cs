using System.Collections.Concurrent;

namespace Armature.Storage;

/// <summary>A thread for calls that block, so that none of the pool's threads waits for a disk.</summary>
internal sealed class WorkThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public WorkThread(string name) => new Thread(Run) { IsBackground = true, Name = name }.Start();

    /// <summary>Runs it on the thread. What waits for the task goes on there too.</summary>
    public Task RunAsync(Action act)
    {
        var done = new TaskCompletionSource();
        _work.Add(() =>
        {
            try
            {
                act();
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        foreach (var act in _work.GetConsumingEnumerable())
        {
            act();
        }

        _work.Dispose();
    }
}
