using System.Collections.Concurrent;
using System.Diagnostics;

namespace Armature.Processes;

/// <summary>
/// Starts all children of one pool from one thread that lives as long as they do: the signal that takes a child along when
/// its parent dies is sent when the thread that started it ends, and a pool thread may end at any time.
/// </summary>
internal sealed class ChildLauncher : IDisposable
{
    private readonly BlockingCollection<Launch> _launches = [];

    internal ChildLauncher(string poolName)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = $"armature-processes-{poolName}" };
        thread.Start();
    }

    internal Task<Process> StartAsync(ProcessStartInfo startInfo)
    {
        var launch = new Launch(startInfo);
        _launches.Add(launch);
        return launch.Started;
    }

    /// <summary>Ends the thread, and thereby every child that is still alive.</summary>
    public void Dispose() => _launches.CompleteAdding();

    private void Run()
    {
        foreach (var launch in _launches.GetConsumingEnumerable())
        {
            launch.Run();
        }
    }

    private sealed class Launch(ProcessStartInfo startInfo)
    {
        private readonly TaskCompletionSource<Process> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<Process> Started => _started.Task;

        internal void Run()
        {
            try
            {
                _started.SetResult(Process.Start(startInfo)!);
            }
            catch (Exception exception)
            {
                _started.SetException(exception);
            }
        }
    }
}
