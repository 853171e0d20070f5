namespace Armature.Processes;

/// <summary>
/// Who may use which child: every child has a number of places, those who find none wait in line, and the line is bounded.
/// </summary>
/// <param name="placesOf">How many places a child has at the moment.</param>
/// <param name="maxWaiting">How many may wait.</param>
internal sealed class LeaseQueue<T>(Func<T, int> placesOf, int maxWaiting)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly LinkedList<Waiter> _waiting = [];
    private Exception? _closed;
    private Exception? _failing;

    /// <summary>A place at the child with the fewest requests. The caller returns it.</summary>
    /// <exception cref="ProcessUnavailableException">The line is full, no child can be had for now, or the queue is closed.</exception>
    internal Task<T> LeaseAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (_gate)
        {
            if (_closed is not null)
            {
                return Task.FromException<T>(_closed);
            }

            if (FindFree() is { } free)
            {
                free.Used++;
                return Task.FromResult(free.Child);
            }

            if (_failing is not null)
            {
                return Task.FromException<T>(_failing);
            }

            if (_waiting.Count >= maxWaiting)
            {
                return Task.FromException<T>(QueueFull());
            }

            return Wait(cancellationToken);
        }
    }

    /// <summary>A new child with all its places free. Ends <see cref="Fail"/>.</summary>
    internal void Add(T child)
    {
        lock (_gate)
        {
            _failing = null;
            _entries.Add(new Entry(child));
        }

        ServeWaiting(child);
    }

    /// <summary>Gives a place back. A child that was removed is left alone.</summary>
    internal void Return(T child)
    {
        lock (_gate)
        {
            if (Find(child) is { } entry)
            {
                entry.Used--;
                entry.EndIfIdle();
            }
        }

        ServeWaiting(child);
    }

    /// <summary>Gives out the places that a child has got beyond those it had. One that has fewer keeps what is in use until it is returned.</summary>
    internal void OnPlacesChanged(T child) => ServeWaiting(child);

    /// <summary>Takes a child out for good, whoever uses it: it is dead or about to be.</summary>
    internal void Remove(T child)
    {
        lock (_gate)
        {
            if (Find(child) is { } entry)
            {
                _entries.Remove(entry);
                entry.Idle.TrySetResult();
            }
        }
    }

    /// <summary>Gives no place of this child out any more. Completes when all were returned.</summary>
    internal Task RetireAsync(T child)
    {
        lock (_gate)
        {
            if (Find(child) is not { } entry)
            {
                return Task.CompletedTask;
            }

            entry.Retired = true;
            entry.EndIfIdle();
            return entry.Idle.Task;
        }
    }

    /// <summary>Fails everyone who waits, and everyone to come until a child is added.</summary>
    internal void Fail(Exception reason)
    {
        lock (_gate)
        {
            _failing = reason;
        }

        FailWaiting(reason);
    }

    /// <summary>Fails everyone who waits, and everyone to come.</summary>
    internal void Close(Exception reason)
    {
        lock (_gate)
        {
            _closed = reason;
        }

        FailWaiting(reason);
    }

    private Entry? FindFree() => _entries.Where(HasPlace).MinBy(static entry => entry.Used);

    private bool HasPlace(Entry entry) => !entry.Retired && entry.Used < placesOf(entry.Child);

    private Entry? Find(T child) => _entries.Find(entry => ReferenceEquals(entry.Child, child));

    private Task<T> Wait(CancellationToken cancellationToken)
    {
        var waiter = new Waiter();
        var node = _waiting.AddLast(waiter);
        waiter.Cancellation = cancellationToken.UnsafeRegister(_ => Leave(node, cancellationToken), null);
        return waiter.Task;
    }

    private void Leave(LinkedListNode<Waiter> node, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (node.List is null)
            {
                return;
            }

            _waiting.Remove(node);
        }

        node.Value.SetCanceled(cancellationToken);
    }

    // Those who waited go on here, and so not under the lock.
    private void ServeWaiting(T child)
    {
        while (TakeWaiting(child) is { } waiter)
        {
            waiter.SetResult(child);
        }
    }

    private Waiter? TakeWaiting(T child)
    {
        lock (_gate)
        {
            if (_waiting.First is not { } first || Find(child) is not { } entry || !HasPlace(entry))
            {
                return null;
            }

            entry.Used++;
            return Take(first);
        }
    }

    private void FailWaiting(Exception reason)
    {
        while (TakeWaiting() is { } waiter)
        {
            waiter.SetException(reason);
        }
    }

    private Waiter? TakeWaiting()
    {
        lock (_gate)
        {
            return _waiting.First is { } first ? Take(first) : null;
        }
    }

    private Waiter Take(LinkedListNode<Waiter> place)
    {
        _waiting.Remove(place);
        place.Value.Cancellation.Unregister();
        return place.Value;
    }

    private ProcessUnavailableException QueueFull() => new(
        ProcessUnavailableReason.QueueFull,
        $"All child processes are busy and {maxWaiting:N0} requests wait for one, which is the most that may; send fewer at a time or raise {nameof(ProcessPoolOptions.MaxQueued)}.");

    private sealed class Waiter : TaskCompletionSource<T>
    {
        internal CancellationTokenRegistration Cancellation { get; set; }
    }

    private sealed class Entry(T child)
    {
        internal T Child { get; } = child;

        internal int Used { get; set; }

        internal bool Retired { get; set; }

        internal TaskCompletionSource Idle { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal void EndIfIdle()
        {
            if (Retired && Used == 0)
            {
                Idle.TrySetResult();
            }
        }
    }
}
