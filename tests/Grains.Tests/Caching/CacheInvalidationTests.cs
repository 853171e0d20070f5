using CsCheck;

namespace Armature.Caching;

public sealed class CacheInvalidationTests : IDisposable
{
    private static readonly string[] Keys = ["a", "b", "aa", "ab", "ba", "é"];
    private static readonly string[] Patterns = ["*", "a*", "?", "[ab]?", "b", "é*"];
    private static readonly string[] Tags = ["eu", "us"];

    private readonly NodeRig _rig = new();

    private static Gen<Action<NodeRig, Dictionary<string, string[]>>> GenStep { get; } = Gen.OneOf(
        Gen.Select(Gen.OneOf(Keys), Gen.OneOf<string[]>([], ["eu"], ["us"], ["eu", "us"])).Select((key, tags) => Step((rig, model) =>
        {
            rig.AskOne(CacheRequests.SetTagged([key], tags)).ShouldBe(CacheOutcome.Done);
            model[key] = tags;
        })),
        Gen.OneOf(Keys).Select(key => Step((rig, model) =>
            rig.AskOne(CacheRequests.Delete(key)).ShouldBe(model.Remove(key) ? CacheOutcome.Done : CacheOutcome.Missing))),
        Gen.OneOf(Keys).Select(key => Step((rig, model) =>
            rig.AskOne(CacheRequests.Expire(CacheExpiry.Never, key)).ShouldBe(model.ContainsKey(key) ? CacheOutcome.Done : CacheOutcome.Missing))),
        Gen.OneOf(Keys).Select(key => Step((rig, model) =>
            rig.AskOne(CacheRequests.Get(key)).ShouldBe(model.ContainsKey(key) ? CacheOutcome.Done : CacheOutcome.Missing))),
        Gen.OneOf(Patterns).Select(pattern => Step((rig, model) =>
        {
            Invalidate(rig, CacheSelectionKind.Pattern, pattern);
            RemoveWhere(model, (key, _) => GlobPattern.Parse(pattern).IsMatch(System.Text.Encoding.UTF8.GetBytes(key)));
        })),
        Gen.OneOf(Tags).Select(tag => Step((rig, model) =>
        {
            Invalidate(rig, CacheSelectionKind.Tag, tag);
            RemoveWhere(model, (_, tags) => tags.Contains(tag));
        })),
        Gen.Const(Step((rig, model) =>
        {
            Invalidate(rig, CacheSelectionKind.All, "");
            model.Clear();
        })),
        Gen.Const(Step((rig, model) =>
        {
            rig.Sweep.Run();
            rig.Store.Statistics.Entries.ShouldBe(model.Count);
            rig.Barriers.IsEmpty.ShouldBeTrue();
        })));

    [Fact]
    public void Invalidate_WhoKeepsCopies_HearsThatAnythingMayHaveChanged()
    {
        var silo = SiloAddress.New(System.Net.IPAddress.Loopback, 1, 1);
        var position = _rig.Node.ReadChanges(null, silo).Position;
        _rig.Node.ReadChanges(position, silo).IsComplete.ShouldBeTrue();

        Invalidate(_rig, CacheSelectionKind.Pattern, "a*");

        _rig.Node.ReadChanges(position, silo).IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void AnyCalls_WithBarriersAndSweeps_DoAsADictionaryDoes()
    {
        GenStep.Array[0, 40].Sample(
            steps =>
            {
                using var rig = new NodeRig();
                var model = new Dictionary<string, string[]>();
                foreach (var step in steps)
                {
                    step(rig, model);
                }

                rig.Ask(CacheRequests.Exists(Keys)).Outcomes
                    .ShouldBe(Keys.Select(key => model.ContainsKey(key) ? CacheOutcome.Done : CacheOutcome.Missing));

                rig.Ask(CacheRequests.Get(Keys)).Outcomes.Count(outcome => outcome == CacheOutcome.Done).ShouldBe(model.Count);
                rig.Ask(CacheRequests.Ttl(Keys)).Outcomes.Count(outcome => outcome == CacheOutcome.Done).ShouldBe(model.Count);
                Found(rig.Ask(CacheRequests.Scan(CacheSelectionKind.All, "", 10))).Keys.Order().ShouldBe(model.Keys.Order());
            },
            iter: 1_000);
    }

    [Fact]
    public async Task AnyCalls_FromManyThreads_NeverReadWhatWasInvalidatedBefore()
    {
        using var ended = new CancellationTokenSource();
        var sweeping = Task.Run(
            () =>
            {
                while (!ended.IsCancellationRequested)
                {
                    _rig.Sweep.Run();
                }
            },
            TestContext.Current.CancellationToken);

        await Parallel.ForAsync(0, 6, (thread, _) =>
        {
            var key = $"{thread}:key";
            for (var round = 1; round <= 300; round++)
            {
                var load = _rig.Ask(CacheRequests.Load(thread + 1, key));
                load.Outcomes.ShouldBe([CacheOutcome.Granted]);
                Invalidate(_rig, CacheSelectionKind.Pattern, $"{thread}:*");
                _rig.AskOne(CacheRequests.Complete(key, load.Tokens![0], [1])).ShouldBe(CacheOutcome.Missing);
                _rig.AskOne(CacheRequests.Exists(key)).ShouldBe(CacheOutcome.Missing);

                _rig.AskOne(CacheRequests.Set(key, [2])).ShouldBe(CacheOutcome.Done);
                _rig.AskOne(CacheRequests.Exists(key)).ShouldBe(CacheOutcome.Done);
                Invalidate(_rig, CacheSelectionKind.Pattern, $"{thread}:*");
                _rig.AskOne(CacheRequests.Get(key)).ShouldBe(CacheOutcome.Missing);
            }

            return ValueTask.CompletedTask;
        });
        await ended.CancelAsync();
        await sweeping;
    }

    [Fact]
    public void Invalidate_OfOneCache_LeavesTheOthers()
    {
        _rig.Ask(CacheRequests.Set("a", [1]));

        _rig.Ask(new() { Cache = "thing", Operation = CacheOperation.Invalidate, Keys = CacheRequest.AllPartitions, Selection = new(CacheSelectionKind.All, "") });
        _rig.Sweep.Run();

        _rig.AskOne(CacheRequests.Exists("a")).ShouldBe(CacheOutcome.Done);
    }

    [Fact]
    public void Invalidate_MoreBarriersThanAllowed_AreSweptAndDrawn()
    {
        _rig.Ask(CacheRequests.Set("b", [1]));
        for (var i = 1; i <= PartitionBarriers.MaxCount; i++)
        {
            _rig.Barriers.TryAdd(NamedCache.PrefixOf(CacheRequests.Cache), 7, CacheBarrier.Of(CacheSelectionKind.Pattern, $"{i}:*").At(i)).ShouldBeTrue();
        }

        var first = _rig.Ask(CacheRequests.Invalidate(CacheSelectionKind.Pattern, "b")).Outcomes;
        first.Select((outcome, partition) => (outcome, partition)).Where(pair => pair.outcome != CacheOutcome.Done).ShouldBe([(CacheOutcome.NotHeld, 7)]);
        Invalidate(_rig, CacheSelectionKind.Pattern, "b");

        _rig.AskOne(CacheRequests.Exists("b")).ShouldBe(CacheOutcome.Missing);
    }

    [Fact]
    public void Invalidate_ManyEntries_LooksAtNone()
    {
        _rig.Ask(CacheRequests.Set([.. CacheRequests.Keys(10_000).Select(key => (key, new byte[] { 1 }))]));

        Invalidate(_rig, CacheSelectionKind.Pattern, "key-*");

        _rig.Store.Statistics.Entries.ShouldBe(10_000);
        _rig.AskOne(CacheRequests.Get("key-1")).ShouldBe(CacheOutcome.Missing);
        _rig.Sweep.Run();
        _rig.Store.Statistics.Entries.ShouldBe(0);
    }

    [Fact]
    public async Task Run_WriteThatTookItsNumberBeforeTheBarrier_IsWaitedForAndFound()
    {
        var barrier = CacheBarrier.Of(CacheSelectionKind.All, "").At(5);
        byte[] key = [.. NamedCache.PrefixOf(CacheRequests.Cache), (byte)'a'];
        _rig.Partitions.Enter();
        _rig.Barriers.TryAdd(NamedCache.PrefixOf(CacheRequests.Cache), new StoreKey(key).Partition, barrier);
        var sweeping = Task.Run(_rig.Sweep.Run, TestContext.Current.CancellationToken);

        SpinWait.SpinUntil(() => _rig.Partitions.IsWaitedFor || sweeping.IsCompleted);
        _rig.Store.Restore(key, [1], version: 4, Expiry.Never, _rig.Store.Now);
        _rig.Partitions.Exit();
        await sweeping;

        _rig.Barriers.IsEmpty.ShouldBeTrue();
        _rig.AskOne(CacheRequests.Exists("a")).ShouldBe(CacheOutcome.Missing);
    }

    [Fact]
    public async Task Run_ReadThatFoundAnEntryBeforeItWasRemoved_IsWaitedForWithTheBarrier()
    {
        var sweeping = Task.CompletedTask;
        _rig.AskOne(CacheRequests.Set("a", [1]));
        Invalidate(_rig, CacheSelectionKind.All, "");
        _rig.Partitions.Enter();

        // The store is looked at here, so the sweep stops before it does. Meanwhile another read begins.
        _rig.Store.Visit((StoreKey _, in CachedValue _) =>
        {
            sweeping = Task.Run(_rig.Sweep.Run, TestContext.Current.CancellationToken);
            SpinWait.SpinUntil(() => _rig.Partitions.IsWaitedFor);
            _rig.Partitions.Exit();
            _rig.Partitions.Enter();
            return false;
        });
        SpinWait.SpinUntil(() => _rig.Partitions.IsWaitedFor || sweeping.IsCompleted);

        _rig.Store.Statistics.Entries.ShouldBe(0);
        _rig.Barriers.IsEmpty.ShouldBeFalse();
        _rig.Partitions.Exit();
        await sweeping;
        _rig.Barriers.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Scan_MoreKeysThanAskedFor_CountsAllAndListsSome()
    {
        _rig.Ask(CacheRequests.SetTagged(CacheRequests.Keys(3_000), "eu"));
        _rig.Ask(CacheRequests.SetTagged(["other"], "us"));

        var (count, keys) = Found(_rig.Ask(CacheRequests.Scan(CacheSelectionKind.Tag, "eu", 2)));

        count.ShouldBe(3_000);
        keys.Count.ShouldBeInRange(256, 512);
        keys.ShouldAllBe(key => key.StartsWith("key-"));
    }

    public void Dispose() => _rig.Dispose();

    private static Action<NodeRig, Dictionary<string, string[]>> Step(Action<NodeRig, Dictionary<string, string[]>> step) => step;

    private static void Invalidate(NodeRig rig, CacheSelectionKind kind, string text) =>
        rig.Ask(CacheRequests.Invalidate(kind, text)).Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Done);

    private static void RemoveWhere(Dictionary<string, string[]> model, Func<string, string[], bool> isMeant)
    {
        foreach (var key in model.Where(pair => isMeant(pair.Key, pair.Value)).Select(pair => pair.Key).ToList())
        {
            model.Remove(key);
        }
    }

    private static (long Count, List<string> Keys) Found(CacheReply reply)
    {
        var keys = new List<string>();
        return (Enumerable.Range(0, reply.Values!.Count).Sum(i => CacheScanPart.Read(reply.Values[i].Span, keys)), keys);
    }
}
