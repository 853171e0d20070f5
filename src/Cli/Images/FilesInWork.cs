using System.Collections.Concurrent;
using Armature.FileSystem;

namespace Armature.Images;

/// <summary>Counts the files that are worked on and notes those that are finished, so that a cancelled command ends when none is half done and knows what there is.</summary>
internal sealed class FilesInWork
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private readonly ConcurrentDictionary<int, FileStamp> _finished = new();
    private int _count;

    /// <summary>The sources of the files whose outputs are written, by their place in the batch.</summary>
    public IReadOnlyDictionary<int, FileStamp> Finished => _finished;

    /// <summary>Notes that the outputs of a file are written.</summary>
    public void Finish(int index, FileStamp source) => _finished[index] = source;

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
