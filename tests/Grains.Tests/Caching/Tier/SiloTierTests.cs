using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching.Tier;

public sealed class SiloTierTests
{
    // Long enough for any machine: nothing here waits for time.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeCacheTier _tier;
    private readonly FakeCacheCluster _cluster;
    private readonly FakeCacheSilo _silo;

    public SiloTierTests()
    {
        _tier = new(_time);
        _cluster = new(_time, _tier);
        _silo = _cluster.Join();
    }

    private static byte[] One => [1];

    private static byte[] Two => [2];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_InMemory_AsksNobody()
    {
        await AskAsync(CacheRequests.Set("a", One));
        var calls = _tier.Calls;

        var read = _silo.Router.CallAsync(CacheRequests.Get("a"), Cancel);

        read.IsCompletedSuccessfully.ShouldBeTrue();
        _tier.Calls.ShouldBe(calls);
    }

    [Fact]
    public async Task EveryRead_NotInMemory_ComesFromTheTierWithItsTimeToLive()
    {
        string[] keys = ["a", "b", "c", "d"];
        await AskAsync(CacheRequests.Set([.. keys.Select(key => (key, One))], new CacheExpiry(60_000, IsSliding: false)));
        _time.Advance(TimeSpan.FromSeconds(20));
        _silo.Renew();

        Forget();
        (await AskAsync(CacheRequests.Ttl("a"))).Ttls.ShouldBe([40_000]);
        (await AskAsync(CacheRequests.Exists("b", "z"))).Outcomes.ShouldBe([CacheOutcome.Done, CacheOutcome.Missing]);
        (await AskAsync(CacheRequests.Expire(new(30_000, IsSliding: false), "c", "z"))).Outcomes.ShouldBe([CacheOutcome.Done, CacheOutcome.Missing]);
        (await AskAsync(CacheRequests.Delete("d", "z"))).Outcomes.ShouldBe([CacheOutcome.Done, CacheOutcome.Missing]);
        Forget();
        var read = await AskAsync(CacheRequests.Get(keys));
        read.Outcomes.ShouldBe([CacheOutcome.Done, CacheOutcome.Done, CacheOutcome.Done, CacheOutcome.Missing]);
        Forget();
        (await AskAsync(CacheRequests.Ttl("c"))).Ttls.ShouldBe([30_000]);
        _time.Advance(TimeSpan.FromSeconds(40));
        _silo.Renew();
        (await OutcomeAsync(CacheRequests.Get("a"))).ShouldBe(CacheOutcome.Missing);
    }

    [Fact]
    public async Task Get_OfASlidingEntry_MovesItInTheTierNowAndThen()
    {
        await AskAsync(CacheRequests.Set("a", One, new CacheExpiry(40_000, IsSliding: true)));
        for (var i = 0; i < 6; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            _silo.Renew();
            await AskAsync(CacheRequests.Get("a"));

            // What it moved is on its way before this one.
            await AskAsync(CacheRequests.Set("b", One));
        }

        Forget();

        (await AskAsync(CacheRequests.Get("a"))).Values![0].ToArray().ShouldBe(One);
    }

    [Fact]
    public async Task Set_IsAcknowledgedWhenTheTierHasIt()
    {
        await AskAsync(CacheRequests.Get("a"));
        var writing = new TaskCompletionSource();
        _silo.TierAccess!.Writing = writing.Task;

        var set = AskAsync(CacheRequests.Set("a", One));
        await Testing.Eventually.BecomesTrueAsync(() => _silo.Store.Statistics.Entries == 1, "the entry is in memory");
        set.IsCompleted.ShouldBeFalse();
        writing.SetResult();

        (await set).Outcomes.ShouldBe([CacheOutcome.Done]);
        _tier.Entries.ShouldBe(1);
    }

    [Fact]
    public async Task Get_ChangedWhileTheTierIsAsked_DoesNotBringTheOldOneBack()
    {
        await AskAsync(CacheRequests.Set([("a", One), ("b", One), ("c", One)]));
        Forget();
        var reading = new TaskCompletionSource();
        _silo.TierAccess!.Reading = reading.Task;
        var read = AskAsync(CacheRequests.Get("a", "b", "c"));

        await AskAsync(CacheRequests.Set("a", Two));
        await AskAsync(CacheRequests.Invalidate(CacheSelectionKind.Pattern, "c"));
        _silo.Sweep.Run();
        var deleting = AskAsync(CacheRequests.Delete("b"));
        reading.SetResult();
        await read;
        await deleting;

        (await AskAsync(CacheRequests.Get("a"))).Values![0].ToArray().ShouldBe(Two);
        (await AskAsync(CacheRequests.Exists("b", "c"))).Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Missing);
        Forget();
        (await AskAsync(CacheRequests.Get("a"))).Values![0].ToArray().ShouldBe(Two);
        (await AskAsync(CacheRequests.Exists("b", "c"))).Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Missing);
    }

    [Fact]
    public async Task Load_InTheTier_IsNotMadeAgain_AndWhatIsMadeGoesThere()
    {
        await AskAsync(CacheRequests.Set("a", One));
        Forget();

        (await AskAsync(CacheRequests.Load(1, "a"))).Values![0].ToArray().ShouldBe(One);
        var load = await AskAsync(CacheRequests.Load(1, "b"));
        load.Outcomes.ShouldBe([CacheOutcome.Granted]);
        await AskAsync(CacheRequests.Complete("b", load.Tokens![0], Two));
        Forget();

        (await AskAsync(CacheRequests.Get("b"))).Values![0].ToArray().ShouldBe(Two);
    }

    [Fact]
    public async Task Invalidate_AfterTheSweepAndWithAnotherOwner_StopsWhatTheTierHas()
    {
        await AskAsync(CacheRequests.SetTagged(["a", "b"], "eu"));
        await AskAsync(CacheRequests.Invalidate(CacheSelectionKind.Tag, "eu"));
        _silo.Sweep.Run();

        (await AskAsync(CacheRequests.Exists("a"))).Outcomes.ShouldBe([CacheOutcome.Missing]);
        var other = await JoinAsync();
        _cluster.Bury(_silo);
        (await other.Router.CallAsync(CacheRequests.Exists("a", "b"), Cancel)).Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Missing);
        await other.Router.CallAsync(CacheRequests.SetTagged(["a"], "eu"), Cancel);
        (await other.Router.CallAsync(CacheRequests.Exists("a"), Cancel)).Outcomes.ShouldBe([CacheOutcome.Done]);
    }

    [Fact]
    public async Task Get_OfWhatWasInvalidated_RemovesItFromTheTier()
    {
        await AskAsync(CacheRequests.SetTagged(["a", "b"], "eu"));
        await AskAsync(CacheRequests.Set("c", One));
        await AskAsync(CacheRequests.Invalidate(CacheSelectionKind.Tag, "eu"));
        _silo.Sweep.Run();
        _tier.Entries.ShouldBe(3);

        (await AskAsync(CacheRequests.Get("a", "a"))).Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Missing);
        await Testing.Eventually.BecomesTrueAsync(() => _tier.Entries == 2, "what was met is removed");

        await AskAsync(CacheRequests.Set("b", Two));
        Forget();
        (await AskAsync(CacheRequests.Get("b", "c"))).Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Done);
        _tier.Entries.ShouldBe(2);
    }

    [Fact]
    public async Task Set_WhileWhatWasInvalidatedIsRemoved_Stays()
    {
        await AskAsync(CacheRequests.SetTagged(["a"], "eu"));
        await AskAsync(CacheRequests.Invalidate(CacheSelectionKind.Tag, "eu"));
        _silo.Sweep.Run();
        var writing = new TaskCompletionSource();
        _silo.TierAccess!.Writing = writing.Task;
        await AskAsync(CacheRequests.Get("a"));

        var set = AskAsync(CacheRequests.Set("a", Two));
        writing.SetResult();
        await set;
        Forget();

        (await AskAsync(CacheRequests.Get("a"))).Values![0].ToArray().ShouldBe(Two);
    }

    [Fact]
    public async Task Invalidate_MoreBarriersThanAllowed_MakesTheTierVoid()
    {
        await AskAsync(CacheRequests.SetTagged(["a"], "eu"));
        var partition = FakeCacheCluster.PartitionOf("a");
        for (var i = 0; i <= PartitionBarriers.MaxCount; i++)
        {
            await AskAsync(CacheRequests.Invalidate(CacheSelectionKind.Tag, i == 0 ? "eu" : $"{i}"));
            _silo.Sweep.Run();
        }

        await _silo.Tier!.KeepAsync(Cancel);
        Forget();

        (await AskAsync(CacheRequests.Exists("a"))).Outcomes.ShouldBe([CacheOutcome.Missing]);
        _tier.BarriersOf(partition).ShouldBe(0);
        _silo.Tier.CutPartitions.ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Tier_AwayAndBack_HasWhatWasChangedMeanwhile(int keysOfOnePartition)
    {
        var keys = KeysOf(7, keysOfOnePartition);
        await AskAsync(CacheRequests.Set([.. keys.Select(key => (key, One))]));
        _silo.TierAccess!.IsCut = true;
        await AskAsync(CacheRequests.Set([.. keys[1..].Select(key => (key, Two))]));
        (await OutcomeAsync(CacheRequests.Delete(keys[0]))).ShouldBe(CacheOutcome.Done);
        _silo.Tier!.CutPartitions.ShouldBe(1);
        new TierDegradation(_silo.Tier).Problem.ShouldNotBeNull().ShouldContain("works from memory alone");

        _silo.TierAccess.IsCut = false;
        await _silo.Tier.KeepAsync(Cancel);
        _tier.DeliverLate();

        new TierDegradation(_silo.Tier).Problem.ShouldBeNull();
        (await AskAsync(CacheRequests.Get(keys[1..]))).Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Done);
        Forget();
        (await OutcomeAsync(CacheRequests.Exists(keys[0]))).ShouldBe(CacheOutcome.Missing);
        var read = await AskAsync(CacheRequests.Get(keys[1..]));
        for (var i = 0; i < keys.Length - 1; i++)
        {
            // With more than are remembered, the tier's entries count no more, and there are none.
            (read.Outcomes[i] == CacheOutcome.Missing ? Two : read.Values![i].ToArray()).ShouldBe(Two);
        }
    }

    [Fact]
    public async Task Kill_OfOneThatAcknowledgedWhatTheTierLacks_BringsNothingOldBack()
    {
        var other = await JoinAsync();
        var keys = CacheRequests.Keys(200);
        await AskAsync(CacheRequests.Set([.. keys.Select(key => (key, One))]));
        _silo.TierAccess!.IsCut = true;
        await AskAsync(CacheRequests.Set([.. keys.Select(key => (key, Two))]));

        _cluster.Bury(_silo);

        var read = await other.Router.CallAsync(CacheRequests.Get(keys), Cancel);
        read.Outcomes.Count(outcome => outcome == CacheOutcome.Missing).ShouldBeInRange(50, 150);
        CacheRequests.Bytes(read.Values!).Where(value => value.Length > 0).ShouldAllBe(value => value[0] == 2);
    }

    [Fact]
    public async Task Kill_OfTheOnlySilo_LeavesNothingToRead()
    {
        await AskAsync(CacheRequests.Set("a", One));
        _cluster.Bury(_silo);
        var next = _cluster.Join();

        (await next.Router.CallAsync(CacheRequests.Exists("a"), Cancel)).Outcomes.ShouldBe([CacheOutcome.Missing]);
    }

    [Fact]
    public async Task Open_OfOneThatWasNeverOpened_BringsNothingThatABarrierStops()
    {
        // What the tier has is not trusted, so its barriers go, and what memory has is written anew: not what a barrier stops there.
        await AskAsync(CacheRequests.Set("a", One));
        _cluster.Bury(_silo);
        var next = _cluster.Join();
        next.TierAccess!.IsCut = true;
        await next.Router.CallAsync(CacheRequests.Set("a", Two), Cancel);
        await next.Router.CallAsync(CacheRequests.Invalidate(CacheSelectionKind.All, ""), Cancel);
        next.TierAccess.IsCut = false;
        await next.Tier!.KeepAsync(Cancel);
        next.Sweep.Run();

        (await next.Router.CallAsync(CacheRequests.Get("a"), Cancel)).Outcomes.ShouldBe([CacheOutcome.Missing]);
    }

    [Fact]
    public async Task Tier_StartedAgainWithOlderData_IsNotRead()
    {
        await AskAsync(CacheRequests.Set("a", One));
        _tier.Save();
        await AskAsync(CacheRequests.Set("a", Two));
        _tier.Restart();
        Forget();

        (await OutcomeAsync(CacheRequests.Get("a"))).ShouldBe(CacheOutcome.Missing);
        await _silo.Tier!.KeepAsync(Cancel);
        (await OutcomeAsync(CacheRequests.Get("a"))).ShouldBe(CacheOutcome.Missing);
        await AskAsync(CacheRequests.Set("a", Two));
        Forget();
        (await AskAsync(CacheRequests.Get("a"))).Values![0].ToArray().ShouldBe(Two);
    }

    [Fact]
    public async Task Get_MoreInTheTierThanAPageHolds_AsksTheSameSiloForTheRest()
    {
        var keys = CacheRequests.Keys(10);
        foreach (var key in keys)
        {
            await AskAsync(CacheRequests.Set(key, new byte[1 << 20]));
        }

        Forget();
        var located = _cluster.Located;
        var read = await AskAsync(CacheRequests.Get(keys)).WaitAsync(Hang, Cancel);

        read.Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Done);
        _cluster.Located.ShouldBe(located);
    }

    [Fact]
    public async Task Statistics_SayHowTheTierStandsAndWhatItLacks()
    {
        await AskAsync(CacheRequests.Set("a", One));
        _silo.Tier!.Statistics.ShouldBe(new()
        {
            Location = "tier of a test", State = CacheTierState.Working, UnsavedKeys = 0, PartitionsFromMemory = 0,
        });

        _silo.TierAccess!.Failure = new("tier of a test", "it is full.") { Fault = CacheTierFault.Full };
        _silo.TierAccess.IsCut = true;
        await AskAsync(CacheRequests.Set("a", Two));
        _time.Advance(TimeSpan.FromSeconds(2));
        _silo.Tier.Statistics.ShouldBe(new()
        {
            Location = "tier of a test",
            State = CacheTierState.Full,
            Since = _time.GetUtcNow() - TimeSpan.FromSeconds(2),
            Problem = "The cache's tier of a test: it is full.",
            UnsavedKeys = 1,
            PartitionsFromMemory = 1,
        });

        _silo.TierAccess.Failure = new("tier of a test", "it is gone.");
        await _silo.Tier.KeepAsync(Cancel);
        _silo.Tier.Statistics.State.ShouldBe(CacheTierState.Away);
        _silo.TierAccess.IsCut = false;
        await _silo.Tier.Link.TryReturnAsync();
        _silo.Tier.Statistics.State.ShouldBe(CacheTierState.CatchingUp);
        await _silo.Tier.KeepAsync(Cancel);
        _silo.Tier.Statistics.State.ShouldBe(CacheTierState.Working);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tier_EmptiedOrStartedAgain_IsNoticedByPartitionsThatNobodyAsksFor(bool isStartedAgain)
    {
        string[] keys = [KeysOf(7, 1)[0], KeysOf(8, 1)[0]];
        await AskAsync(CacheRequests.Set([.. keys.Select(key => (key, One))]));
        await _silo.Tier!.KeepAsync(Cancel);
        var opens = _silo.TierAccess!.Opens;

        await _silo.Tier.KeepAsync(Cancel);
        _silo.TierAccess.Opens.ShouldBe(opens);
        if (isStartedAgain)
        {
            _tier.Restart();
        }
        else
        {
            _tier.Empty();
        }

        await _silo.Tier.KeepAsync(Cancel);

        _silo.TierAccess.Opens.ShouldBe(opens + 2);
        _silo.Tier.CutPartitions.ShouldBe(0);
        _tier.VoidBefore(7).ShouldBeGreaterThan(0);
        _tier.VoidBefore(8).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Tier_ThatDoesNotAnswer_IsNoticedWithoutACall()
    {
        await AskAsync(CacheRequests.Set("a", One));
        _silo.TierAccess!.IsCut = true;

        await _silo.Tier!.KeepAsync(Cancel);

        new TierDegradation(_silo.Tier).Problem.ShouldNotBeNull();
    }

    [Fact]
    public async Task Tier_NotAnswering_IsAskedWhyAndThatIsSaid()
    {
        await AskAsync(CacheRequests.Set("a", One));
        _silo.TierAccess!.Failure = new("tier of a test", "it did not answer.") { Fault = CacheTierFault.NoAnswer };
        _silo.TierAccess.Problem = new("tier of a test", "it refused the password.") { Fault = CacheTierFault.Refused };
        _silo.TierAccess.IsCut = true;
        await AskAsync(CacheRequests.Set("a", Two));
        new TierDegradation(_silo.Tier).Problem.ShouldBe("The cache's tier of a test: it refused the password. The cache works from memory alone.");

        _silo.TierAccess.Problem = new("tier of a test", "it is nowhere.") { Fault = CacheTierFault.Unreachable };
        await _silo.Tier!.KeepAsync(Cancel);
        _silo.Tier.Link.Outage!.Error.Fault.ShouldBe(CacheTierFault.Refused);
        _time.Advance(TimeSpan.FromSeconds(10));
        await _silo.Tier.KeepAsync(Cancel);
        _silo.Tier.Link.Outage!.Error.Fault.ShouldBe(CacheTierFault.Unreachable);
        _silo.Tier.Link.Outage.Since.ShouldBe(_time.GetUtcNow() - TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Tier_HungLongerThanAllowed_IsLeftAlone()
    {
        await AskAsync(CacheRequests.Set("a", One));
        _silo.TierAccess!.Writing = new TaskCompletionSource().Task;

        var set = AskAsync(CacheRequests.Set("a", Two));
        await Testing.Eventually.BecomesTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                _silo.Renew();
                return set.IsCompleted;
            },
            "the write is acknowledged without the tier");

        (await set).Outcomes.ShouldBe([CacheOutcome.Done]);
        _silo.Tier!.Link.IsOut.ShouldBeTrue();
        _silo.Tier.UnsavedKeys.ShouldBe(1);
    }

    [Fact]
    public async Task Keep_WhileAPartitionIsOpened_DoesNotOpenItToo()
    {
        var opening = new TaskCompletionSource();
        _silo.TierAccess!.Opening = opening.Task;
        var set = AskAsync(CacheRequests.Set("a", One));
        await Testing.Eventually.BecomesTrueAsync(() => _silo.TierAccess.Opens == 1, "the partition is being opened");

        await _silo.Tier!.KeepAsync(Cancel).WaitAsync(Hang, Cancel);
        opening.SetResult();
        await set;

        _silo.TierAccess.Opens.ShouldBe(1);
        _silo.Tier.CutPartitions.ShouldBe(0);
    }

    [Fact]
    public async Task Set_WithoutTheTierAndWithASiloThatDoesNotHearOfIt_IsNotAcknowledged()
    {
        var other = await JoinAsync();
        await AskAsync(CacheRequests.Set(CacheRequests.Keys(50).Select(key => (key, One)).ToArray()));
        other.IsDeaf = true;
        _silo.TierAccess!.IsCut = true;
        other.TierAccess!.IsCut = true;
        string key = CacheRequests.Keys(50).First(key => _silo.Holdings.Held.Contains(FakeCacheCluster.PartitionOf(key)));

        await Should.ThrowAsync<CallUnansweredException>(FinishAsync(AskAsync(CacheRequests.Set(key, Two)), other));
        other.IsDeaf = false;

        (await OutcomeAsync(CacheRequests.Set(key, Two))).ShouldBe(CacheOutcome.Done);
    }

    private async Task FinishAsync(Task call, FakeCacheSilo other)
    {
        await Testing.Eventually.BecomesTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                _silo.Renew();
                other.Renew();
                return call.IsCompleted;
            },
            "the call gives up");
        await call;
    }

    private static string[] KeysOf(int partition, int count) =>
        [.. Enumerable.Range(0, int.MaxValue).Select(i => $"key-{i}").Where(key => FakeCacheCluster.PartitionOf(key) == partition).Take(count)];

    private async Task<FakeCacheSilo> JoinAsync()
    {
        var other = _cluster.Join();
        await _cluster.SettleAsync();
        await _silo.Tier!.KeepAsync(Cancel);
        await other.Tier!.KeepAsync(Cancel);
        return other;
    }

    private void Forget() => _silo.Holdings.Held.ToList().ForEach(_silo.Store.Drop);

    private async Task<CacheReply> AskAsync(CacheRequest request) => await _silo.Router.CallAsync(request, Cancel);

    private async Task<CacheOutcome> OutcomeAsync(CacheRequest request) => (await AskAsync(request)).Outcomes.Single();
}
