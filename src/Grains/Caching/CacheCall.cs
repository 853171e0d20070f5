using Armature.Clustering;
using Orleans.Runtime;

namespace Armature.Caching;

/// <summary>One request on its way to the silos that hold its keys, and again to those that hold what the first ones did not.</summary>
internal sealed class CacheCall(CacheRequest request, CacheAnswer answer, long room, CacheNode node, ICacheSilos silos, CacheLocations locations, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    // A process that was stopped has not waited meanwhile: one round counts for no more than this.
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(10);

    private readonly byte[] _partitions = PartitionsOf(request, answer);
    private readonly Lock _lock = new(); // Guards the answer while several silos are asked.

    /// <summary>How often the silos were asked.</summary>
    public int Rounds { get; private set; }

    /// <summary>How long that took.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Why a silo did not answer, the last time that one did not.</summary>
    public Exception? Obstacle { get; private set; }

    private bool IsFull => answer.ValueBytes >= room;

    /// <summary>Asks until every key is dealt with, the room is used up, or patience is.</summary>
    public async Task RunAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            var since = time.GetTimestamp();
            await AskAllAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (answer.NotHeld == 0 || IsFull)
            {
                return;
            }

            Rounds++;
            await LocateAllAsync(cancellationToken);
            if (Rounds > 1)
            {
                await Task.Delay(pause, time, cancellationToken);
                pause = Min(pause * 2, LongestPause);
            }

            Waited += Min(time.GetElapsedTime(since), LongestRound);
            if (Waited >= patience)
            {
                return;
            }
        }
    }

    private static byte[] PartitionsOf(CacheRequest request, CacheAnswer answer)
    {
        var partitions = new byte[request.Keys.Count];
        var keys = new StoreKeys(NamedCache.PrefixOf(request.Cache), stackalloc byte[StoreKeys.MaxBytes]);
        for (var i = 0; i < partitions.Length; i++)
        {
            if (answer[i] == CacheOutcome.NotHeld)
            {
                partitions[i] = request.IsForPartitions ? request.Keys[i][0] : (byte)keys.Make(request.Keys[i]).Partition;
            }
        }

        return partitions;
    }


    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>True for a failure that may be over when the call is repeated.</summary>
    public static bool IsPassing(Exception exception) =>
        exception is MembershipStaleException or SiloUnavailableException or OrleansMessageRejectionException or TimeoutException
            or OperationCanceledException or Orleans.Runtime.Messaging.ConnectionFailedException;

    private Task AskAllAsync(CancellationToken cancellationToken)
    {
        var groups = GroupOpen();
        var share = (int)Math.Min((room - answer.ValueBytes) / groups.Count, CacheLimits.MaxPageBytes);
        return Task.WhenAll(groups.Select(group => TryAsync(AskAsync(group.Silo, [.. group.Places], share, cancellationToken))));
    }

    private List<(SiloAddress Silo, List<int> Places)> GroupOpen()
    {
        var guesses = locations.Guess();
        var places = new List<int>?[guesses.Silos.Count];
        for (var place = 0; place < _partitions.Length; place++)
        {
            if (answer[place] == CacheOutcome.NotHeld)
            {
                (places[guesses[_partitions[place]]] ??= []).Add(place);
            }
        }

        return [.. guesses.Silos.Zip(places).Where(group => group.Second is not null).Select(group => (group.First, group.Second!))];
    }

    private async Task LocateAllAsync(CancellationToken cancellationToken)
    {
        var partitions = Enumerable.Range(0, _partitions.Length)
            .Where(place => answer[place] == CacheOutcome.NotHeld)
            .Select(place => (int)_partitions[place])
            .Distinct();
        await Task.WhenAll(partitions.Select(partition => TryAsync(locations.LocateAsync(partition, cancellationToken))));
    }

    private async Task AskAsync(SiloAddress silo, int[] places, int share, CancellationToken cancellationToken)
    {
        var left = places;
        while (left.Length > 0 && !IsFull)
        {
            var page = CachePage.Cut(request, left);
            var (reply, asked, isFull) = await AskAsync(silo, page.Request, share, cancellationToken);
            lock (_lock)
            {
                answer.Merge(reply, page.Places);
            }

            left = isFull
                ? [.. page.Places[..asked].Where((_, i) => reply.Outcomes[i] == CacheOutcome.NotHeld), .. left[asked..]]
                : Remaining(left[asked..], reply.Outcomes.AsSpan(0, asked), page.Places);
        }
    }

    private async Task<CacheServiceReply> AskAsync(SiloAddress silo, CacheRequest page, int share, CancellationToken cancellationToken)
    {
        if (!silo.Equals(silos.Local))
        {
            return await silos.CallAsync(silo, page, share, cancellationToken);
        }

        var local = await node.AnswerAsync(page, share, cancellationToken);
        return local.ToReply();
    }

    /// <summary>What is left for the next page: not what belongs to a partition that was refused, so that duplicates keep their order.</summary>
    private int[] Remaining(int[] left, ReadOnlySpan<CacheOutcome> outcomes, int[] places)
    {
        var refused = new PartitionSet();
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] == CacheOutcome.NotHeld)
            {
                refused.Add(_partitions[places[i]]);
            }
        }

        return refused.IsEmpty ? left : Array.FindAll(left, place => !refused.Contains(_partitions[place]));
    }

    private async Task TryAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception exception) when (IsPassing(exception))
        {
            Obstacle = exception;
        }
    }
}
