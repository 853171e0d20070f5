using System.Collections.Concurrent;
using Armature.Testing;
using Armature.Validation.Lookups;

namespace Armature.Validation;

/// <summary>A lookup that knows the even numbers, and notes what it is asked.</summary>
internal sealed class NumberSource
{
    private int _calls;
    private int _running;
    private int _cancelled;

    public Gate? Gate { get; init; }

    /// <summary>How many calls fail at the beginning.</summary>
    public int Failures { get; set; }

    public ConcurrentQueue<int> Asked { get; } = new();

    public int Calls => _calls;

    public int Cancelled => _cancelled;

    public int LargestCall { get; private set; }

    public int MostAtOnce { get; private set; }

    public static LookupAnswer AnswerOf(int value) => value % 2 == 0 ? LookupAnswer.Found : LookupAnswer.Missing;

    public Lookup<int> Lookup(LookupOptions? options = null, TimeProvider? time = null) => new("numbers", FindAsync, options) { Time = time ?? TimeProvider.System };

    private async ValueTask<IReadOnlySet<int>> FindAsync(IReadOnlyCollection<int> values, CancellationToken cancellationToken)
    {
        var call = Interlocked.Increment(ref _calls);
        lock (Asked)
        {
            LargestCall = Math.Max(LargestCall, values.Count);
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
        }

        try
        {
            foreach (var value in values)
            {
                Asked.Enqueue(value);
            }

            await Task.Yield();
            await (Gate?.PassAsync(cancellationToken) ?? Task.CompletedTask);
            return call <= Failures ? throw new IOException("no connection") : values.Where(value => AnswerOf(value) == LookupAnswer.Found).ToHashSet();
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
            throw;
        }
        finally
        {
            lock (Asked)
            {
                _running--;
            }
        }
    }
}
