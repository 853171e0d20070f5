namespace Armature.Images;

/// <summary>Counts the files that are worked on, so that a cancelled command ends when none is half done.</summary>
internal sealed class FilesInWork
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private int _count;

    /// <summary>Begins work on a file; disposing ends it.</summary>
    public IDisposable Begin()
    {
        lock (_lock)
        {
            _count++;
        }

        return new OneFile(this);
    }

    /// <summary>Waits until no file is worked on.</summary>
    public Task WhenNoneAsync()
    {
        lock (_lock)
        {
            if (_count == 0)
            {
                return Task.CompletedTask;
            }

            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(waiting);
            return waiting.Task;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_count > 0)
            {
                return;
            }

            _waiting.ForEach(waiting => waiting.SetResult());
            _waiting.Clear();
        }
    }

    private sealed class OneFile(FilesInWork files) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                files.End();
            }
        }
    }
}
