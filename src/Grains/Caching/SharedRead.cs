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
internal sealed class SharedRead(NamedCache cache, CacheState state, CacheRequest request, int keysInOneGo) : IThreadPoolWorkItem
{
    /// <summary>To wake a thread takes about as long as a thousand keys.</summary>
    private const int LeastKeys = 4_096;

    private const int NotBegun = 0;
    private const int UnderWay = 1;
    private const int Over = 2;

    private readonly CacheAnswer _answer = new(request);
    private int _next;
    private int _second;

    // Written by the second thread before it is over.
    private CacheAnswer? _part;
    private int _partMisses;
    private ExceptionDispatchInfo? _failure;

    /// <summary>
    /// Whether a request is one that gains by it, and nothing behind the memory is asked. Not where work waits for threads: the second
    /// would come late, and until then the pool would keep the answer.
    /// </summary>
    public static bool IsFor(CacheRequest request, long room) =>
        request is { Operation: CacheOperation.Get, IncludesTtls: false, Keys.Count: >= LeastKeys }
        && room == long.MaxValue
        && Environment.ProcessorCount > 1
        && ThreadPool.PendingWorkItemCount == 0;

    /// <summary>Reads all keys.</summary>
    /// <returns>The answer, and how many were not there.</returns>
    public (CacheAnswer Answer, int Misses) Run()
    {
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        try
        {
            var misses = ReadOn(_answer);
            return EndSecond() ? (_answer, misses + _partMisses) : (_answer, misses);
        }
        catch
        {
            // The keys are the caller's again once this has returned.
            EndSecond();
            throw;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (Interlocked.CompareExchange(ref _second, UnderWay, NotBegun) != NotBegun)
        {
            return;
        }

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
            Volatile.Write(ref _second, Over);
        }
    }

    // False when the second thread did not come, and now does nothing when it does.
    private bool EndSecond()
    {
        Volatile.Write(ref _next, request.Keys.Count);
        if (Interlocked.CompareExchange(ref _second, Over, NotBegun) == NotBegun)
        {
            return false;
        }

        // It is at its last keys.
        for (var wait = new SpinWait(); Volatile.Read(ref _second) != Over; wait.SpinOnce(sleep1Threshold: -1))
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
}
