using System.Runtime.ExceptionServices;

namespace Armature.Caching;

/// <summary>
/// A read of many keys on two threads: whoever is free takes the next ones. The second thread is one that has nothing else to do; where
/// there is none, the first reads all keys, and waits for nobody. Used once.
/// </summary>
/// <param name="cache">The cache.</param>
/// <param name="state">What the silo holds.</param>
/// <param name="request">The keys.</param>
/// <param name="keysInOneGo">Keys that are read before others get at the partitions.</param>
internal sealed class SharedRead(NamedCache cache, CacheState state, CacheRequest request, int keysInOneGo)
{
    /// <summary>To wake a thread takes about as long as a thousand keys.</summary>
    private const int LeastKeys = 4_096;

    private readonly CacheAnswer _answer = new(request);
    private int _next;
    private bool _isSecondOver;

    // Written by the second thread before it is over.
    private CacheAnswer? _part;
    private int _partMisses;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Whether a request is one that gains by it, and nothing behind the memory is asked.</summary>
    public static bool IsFor(CacheRequest request, long room) =>
        request is { Operation: CacheOperation.Get, IncludesTtls: false, Keys.Count: >= LeastKeys }
        && room == long.MaxValue
        && Environment.ProcessorCount > 1;

    /// <summary>Reads all keys.</summary>
    /// <returns>The answer, and how many were not there.</returns>
    public (CacheAnswer Answer, int Misses) Run()
    {
        var second = new Second(this);
        ThreadPool.UnsafeQueueUserWorkItem(second, preferLocal: false);
        try
        {
            var misses = ReadOn(_answer);
            return End(second) ? (_answer, misses + _partMisses) : (_answer, misses);
        }
        catch
        {
            // The keys are the caller's again once this has returned.
            End(second);
            throw;
        }
    }

    private void ReadAsSecond()
    {
        try
        {
            _part = _answer.Part();
            _partMisses = ReadOn(_part);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            Volatile.Write(ref _isSecondOver, value: true);
        }
    }

    // False when the second thread did not come, and now does nothing when it does.
    private bool End(Second second)
    {
        Volatile.Write(ref _next, request.Keys.Count);
        if (second.TryTake() is not null)
        {
            return false;
        }

        // It is at its last keys.
        for (var wait = new SpinWait(); !Volatile.Read(ref _isSecondOver); wait.SpinOnce(sleep1Threshold: -1))
        {
        }

        _failure?.Throw();
        _answer.Add(_part!);
        return true;
    }

    private int ReadOn(CacheAnswer answer)
    {
        var run = new NodeRun(cache, state, request, long.MaxValue, stackalloc byte[StoreKeys.MaxBytes], before: new(answer, 0, null));
        for (var next = TakeNext(); next < request.Keys.Count; next = TakeNext())
        {
            state.Partitions.Enter();
            try
            {
                run.GoOn(next, keysInOneGo);
            }
            finally
            {
                state.Partitions.Exit();
            }
        }

        return run.Misses;
    }

    private int TakeNext() => Interlocked.Add(ref _next, keysInOneGo) - keysInOneGo;

    // What waits for a thread. A pool whose threads are all taken keeps nothing of a read that is over.
    private sealed class Second(SharedRead read) : IThreadPoolWorkItem
    {
        private SharedRead? _read = read;

        public SharedRead? TryTake() => Interlocked.Exchange(ref _read, null);

        public void Execute() => TryTake()?.ReadAsSecond();
    }
}
