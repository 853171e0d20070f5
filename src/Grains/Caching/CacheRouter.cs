using Armature.Clustering;

namespace Armature.Caching;

/// <summary>
/// The way of a request within the cluster: first this silo, by a plain call, then the silos that hold the rest. Thread-safe.
/// </summary>
internal sealed class CacheRouter(CacheNode node, ICacheSilos silos, CacheLocations locations, TimeProvider time) : ICacheRoute
{
    // A killed silo is known, and its part of the grain directory taken over, well before that; a frozen one too.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    public ValueTask<CacheReply> CallAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        CacheRequestCheck.ThrowIfInvalid(request);
        cancellationToken.ThrowIfCancellationRequested();
        var answer = AnswerHere(request, long.MaxValue);
        return answer.NotHeld == 0 ? new(answer.ToReply()) : new(CallAsync(request, answer, cancellationToken));
    }

    /// <summary>
    /// Does what can be done within a time and a number of bytes; what was not stays <see cref="CacheOutcome.NotHeld"/>. Throws only
    /// when there is nothing to answer at all.
    /// </summary>
    public async Task<CacheReply> CallAsync(CacheRequest request, TimeSpan patience, long room, CancellationToken cancellationToken)
    {
        CacheRequestCheck.ThrowIfInvalid(request);
        var answer = AnswerHere(request, room);
        if (answer.NotHeld == 0)
        {
            return answer.ToReply();
        }

        var call = new CacheCall(request, answer, room, node, silos, locations, time);
        await call.RunAsync(patience, cancellationToken);
        return answer.NotHeld < request.Keys.Count ? answer.ToReply() : throw Unanswered(call);
    }

    private async Task<CacheReply> CallAsync(CacheRequest request, CacheAnswer answer, CancellationToken cancellationToken)
    {
        var call = new CacheCall(request, answer, long.MaxValue, node, silos, locations, time);
        await call.RunAsync(Patience, cancellationToken);
        return answer.NotHeld == 0 ? answer.ToReply() : throw Unanswered(call);
    }

    private CacheAnswer AnswerHere(CacheRequest request, long room)
    {
        if (request.Load is { WaitMilliseconds: > 0 } || node.MustWait(request))
        {
            // It waits for all silos at once.
            return new(request);
        }

        try
        {
            return node.Answer(request, room).Answer;
        }
        catch (MembershipStaleException)
        {
            return new(request);
        }
    }

    private static CallUnansweredException Unanswered(CacheCall call) =>
        new(call.Rounds, call.Waited, call.Obstacle ?? new TimeoutException("No silo holds the partitions of some keys."));
}
