using System.Runtime.CompilerServices;
using System.Text;
using CsCheck;

namespace Armature.Caching;

/// <summary>Reads of many keys at once, by the short way and by those of requests that ask for more.</summary>
public sealed class ManyKeysTests : IDisposable
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(10);

    private readonly NodeRig _rig = new();
    private readonly CacheClients _clients;
    private readonly CacheClient<byte[]> _cache;

    public ManyKeysTests()
    {
        _clients = RigRoute.ClientsOf(_rig);
        _cache = _clients.Create<byte[]>(CacheRequests.Cache, CacheFormat.Raw);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(int.MaxValue)]
    public async Task Answer_ExpiredKeyComesTwice_IsMissingTwice(long room)
    {
        await _cache.SetAsync("a", [1], new() { Ttl = Ttl }, Cancel);
        await _cache.SetAsync("b", [2], cancellationToken: Cancel);
        _rig.Time.Advance(Ttl);

        var reply = _rig.Node.Answer(CacheRequests.Get(["a", "b", "a", "a", "b"]), room).Answer.ToReply();

        reply.Outcomes.ShouldBe([CacheOutcome.Missing, CacheOutcome.Done, CacheOutcome.Missing, CacheOutcome.Missing, CacheOutcome.Done]);
        _rig.Store.Statistics.Entries.ShouldBe(1);
        await _cache.SetAsync("a", [3], cancellationToken: Cancel);
        (await _cache.GetAsync("a", Cancel)).Value.ShouldBe([3]);
    }

    [Fact]
    public void Answer_AnyKeys_IsTheSameByEveryWay() =>
        Gen.Select(Gen.Int[0, 400].Array[0, 300], Gen.Int[0, 400].Array[0, 1_200]).Sample((written, asked) =>
        {
            using var rig = new NodeRig();
            foreach (var number in written)
            {
                rig.Ask(CacheRequests.Set($"key-{number}", Encoding.UTF8.GetBytes($"value-{number}")));
            }

            var request = CacheRequests.Get([.. asked.Select(number => $"key-{number}")]);
            var there = written.ToHashSet();

            foreach (var room in new[] { long.MaxValue, int.MaxValue })
            {
                var reply = rig.Node.Answer(request, room).Answer.ToReply();
                reply.Outcomes.ShouldBe(asked.Select(number => there.Contains(number) ? CacheOutcome.Done : CacheOutcome.Missing));
                asked.Select((_, i) => Encoding.UTF8.GetString(reply.Values![i].Span))
                    .ShouldBe(asked.Select(number => there.Contains(number) ? $"value-{number}" : ""));
            }
        });

    [Fact]
    public void Answer_AnyRoom_GivesWhatFitsInOrderAndTheRestWhenAskedAgain() =>
        Gen.Select(Gen.Int[0, 60].Array[1, 40], Gen.Int[0, 60].Array[1, 1_200], Gen.Int[1, 2_000]).Sample((sizes, asked, room) =>
        {
            using var rig = new NodeRig();
            for (var i = 0; i < sizes.Length; i++)
            {
                rig.Ask(CacheRequests.Set($"key-{i}", new byte[sizes[i]]));
            }

            for (var left = asked; left.Length > 0;)
            {
                var answer = rig.Node.Answer(CacheRequests.Get([.. left.Select(number => $"key-{number}")]), room);
                var reply = answer.Answer.ToReply();

                answer.Asked.ShouldBePositive();
                reply.Outcomes.ShouldBe(left.Select((number, i) =>
                    i >= answer.Asked ? CacheOutcome.NotHeld : number < sizes.Length ? CacheOutcome.Done : CacheOutcome.Missing));
                var given = left.Take(answer.Asked).Where(number => number < sizes.Length).Select(number => sizes[number]).ToArray();
                (given.Sum() <= room || given.Count(size => size > 0) == 1).ShouldBeTrue();
                answer.Answer.NotHeld.ShouldBe(left.Length - answer.Asked);
                answer.Answer.ValueBytes.ShouldBe(given.Sum());
                answer.Answer.Given.ShouldBe(given.Length);
                left = left[answer.Asked..];
            }
        });

    [Fact]
    public void Answer_AnyKeysOfALargeCall_IsThatOfItsParts() =>
        Gen.Select(Gen.Int[4_096, 12_000], Gen.Int[0, int.MaxValue], Gen.Int[0, 255].Array[0, 20]).Sample(
            (count, seed, elsewhere) =>
            {
                using var rig = new NodeRig();
                var random = new Random(seed);
                foreach (var number in Enumerable.Range(0, 3_000).Where(_ => random.Next(3) > 0))
                {
                    rig.Ask(CacheRequests.Set($"key-{number}", Encoding.UTF8.GetBytes($"value-{number}")));
                }

                foreach (var partition in elsewhere.Distinct())
                {
                    rig.Partitions.TryChange(partition, PartitionState.Held, PartitionState.NotHeld);
                }

                var keys = Enumerable.Range(0, count).Select(_ => $"key-{random.Next(3_000)}").ToArray();
                var parts = keys.Chunk(500).Select(part => rig.Node.Answer(CacheRequests.Get(part), long.MaxValue).Answer).ToArray();
                var (hits, misses) = Reads(rig);

                var whole = rig.Node.Answer(CacheRequests.Get(keys), long.MaxValue).Answer;

                whole.ToReply().Outcomes.ShouldBe(parts.SelectMany(part => part.ToReply().Outcomes));
                Values(whole).ShouldBe(parts.SelectMany(Values));
                whole.NotHeld.ShouldBe(parts.Sum(part => part.NotHeld));
                whole.Given.ShouldBe(parts.Sum(part => part.Given));
                whole.ValueBytes.ShouldBe(parts.Sum(part => part.ValueBytes));
                Reads(rig).ShouldBe((2 * hits, 2 * misses));
            },
            iter: 30);

    [Fact]
    public async Task GetManyAsync_ManyLargeCallsAtOnce_EachIsGivenItsOwn()
    {
        // So many that their bytes are in memory that calls share, one after the other.
        var keys = Enumerable.Range(0, 20_000).Select(i => $"user:{i:D12}").ToArray();
        await _cache.SetManyAsync([.. keys.Select((key, i) => KeyValuePair.Create(key, BitConverter.GetBytes(i)))], cancellationToken: Cancel);

        await Parallel.ForEachAsync(Enumerable.Range(0, 40), Cancel, async (seed, token) =>
        {
            var order = Enumerable.Range(0, keys.Length).ToArray();
            new Random(seed).Shuffle(order);
            order = order[(seed * 300)..];

            var found = await _cache.GetManyAsync([.. order.Select(i => keys[i])], token);

            found.Select(entry => BitConverter.ToInt32(entry.Value)).ShouldBe(order);
        });
    }

    [Fact]
    public async Task GoOn_EntryThatABarrierStoppedExpiredAndWasSweptMeanwhile_IsMissing()
    {
        await _cache.SetAsync("a", [1], new() { Ttl = Ttl }, Cancel);
        await _cache.ClearAsync(Cancel);
        var request = CacheRequests.Get("a");

        Read().Outcomes.ShouldBe([CacheOutcome.Missing]);
        _rig.Barriers.IsEmpty.ShouldBeTrue();

        CacheReply Read()
        {
            var run = new NodeRun(_rig.Caches.Find(CacheRequests.Cache), _rig.State, request, long.MaxValue, stackalloc byte[StoreKeys.MaxBytes]);
            _rig.Time.Advance(Ttl);
            _rig.Sweep.Run();
            run.GoOn(1);
            return run.Answer.ToReply();
        }
    }

    [Fact]
    public async Task Answer_LargeCallWhileAllThreadsAreTaken_IsNotKeptByThem()
    {
        var keys = Enumerable.Range(0, 10_000).Select(i => $"key-{i}").ToArray();
        using var gate = new ManualResetEventSlim();
        var taken = Enumerable.Range(0, 1_000).Select(_ => Task.Factory.StartNew(gate.Wait, Cancel, TaskCreationOptions.PreferFairness, TaskScheduler.Default)).ToArray();

        var answer = Answer();
        GC.Collect();
        var isKept = answer.IsAlive;
        gate.Set();
        await Task.WhenAll(taken);

        isKept.ShouldBeFalse();

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference Answer() => new(_rig.Node.Answer(CacheRequests.Get(keys), long.MaxValue).Answer);
    }

    private static IEnumerable<string> Values(CacheAnswer answer)
    {
        var reply = answer.ToReply();
        return reply.Outcomes.Select((_, i) => Encoding.UTF8.GetString(reply.Values![i].Span));
    }

    private static (long Hits, long Misses) Reads(NodeRig rig)
    {
        var statistics = rig.Caches.Find(CacheRequests.Cache).Statistics;
        return (statistics.Hits, statistics.Misses);
    }

    public void Dispose()
    {
        _clients.Dispose();
        _rig.Dispose();
    }
}
