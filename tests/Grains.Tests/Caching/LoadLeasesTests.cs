using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

public sealed class LoadLeasesTests
{
    private static readonly byte[] Key = "key"u8.ToArray();
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly DictionaryLoadTarget _target = new();
    private readonly LoadLeases _leases;
    private long _asker;

    public LoadLeasesTests() => _leases = new(new(MaxLeases: 3, MaxWaiting: 5, LeaseTime), _time);

    [Fact]
    public void Ask_First_IsGrantedAndTheOthersWait()
    {
        Ask().Outcomes[0].State.ShouldBe(LoadState.Granted);

        var second = Ask();
        second.Outcomes[0].State.ShouldBe(LoadState.Pending);
        second.Waiting.ShouldBe(1);
    }

    [Fact]
    public void Statistics_AfterLoads_CountThem()
    {
        var first = Ask();
        Ask();
        Ask();
        _leases.Statistics.ShouldBe(new(Running: 1, Waiting: 2, Begun: 1, TakenOver: 0, Failed: 0, Stale: 0));

        _leases.TryRelease(Key, first.Outcomes[0].Token).ShouldBeTrue();
        _leases.Statistics.ShouldBe(new(Running: 1, Waiting: 1, Begun: 1, TakenOver: 1, Failed: 0, Stale: 0));

        _time.Advance(LeaseTime);
        _leases.HandOverExpired();
        var last = Ask("other"u8);
        _leases.TryFail("other"u8, last.Outcomes[0].Token, new("down", "It is down."));
        _leases.CountStale(3);
        _leases.Statistics.ShouldBe(new(Running: 1, Waiting: 0, Begun: 2, TakenOver: 2, Failed: 1, Stale: 3));
    }

    [Fact]
    public void Mark_WhileItIsDecidedWhoLoads_IsBusy()
    {
        var marks = new List<long>();
        _target.Asked = () => marks.Add(_leases.Mark);

        Complete(Ask(), 7);
        var loaded = _leases.Mark;
        Ask();
        var found = _leases.Mark;
        AskAhead(version: 0);
        var another = _leases.Mark;
        AskAhead(version: 1);

        // The look and the number of the first, the look of the second and of the third, and both of the last.
        marks.ShouldBe(Enumerable.Repeat(LoadLeases.Busy, 6));
        loaded.ShouldNotBe(LoadLeases.Busy);
        (found, another).ShouldBe((loaded, loaded));
    }

    [Fact]
    public void AskAhead_ValueIsTheSameAndNobodyMakesIt_IsGranted()
    {
        Complete(Ask(), 7);
        _target.TryRead(Key, out var found);

        AskAhead(found.Version).State.ShouldBe(LoadState.Granted);
        AskAhead(found.Version).State.ShouldBe(LoadState.Pending);
    }

    [Fact]
    public void AskAhead_ValueIsAnotherByNow_IsNotGranted()
    {
        Complete(Ask(), 7);
        _target.TryRead(Key, out var found);

        AskAhead(found.Version - 1).State.ShouldBe(LoadState.Pending);
        _leases.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task TryComplete_WithTheToken_GivesTheValueToAllWhoWait()
    {
        var loader = Ask();
        var waiters = new[] { Ask(), Ask(), Ask() };
        var changes = waiters.Select(_leases.WaitAsync).ToArray();
        changes.ShouldAllBe(change => !change.IsCompleted);

        Complete(loader, 7).ShouldBeTrue();

        await Task.WhenAll(changes);
        waiters.Select(waiter => waiter.Outcomes[0].Value.Value.ToArray().Single()).ShouldBe([7, 7, 7]);
        _leases.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Ask_AfterTheValueHasCome_FindsItInsteadOfALease()
    {
        Complete(Ask(), 7);

        Ask().Outcomes[0].State.ShouldBe(LoadState.Found);
        _leases.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void TryComplete_WrittenEntry_HasTheNumberAndTheTagsOfTheBeginning()
    {
        var loader = new LoadCall(1, ++_asker, PackedTags.From(["eu"]));
        _leases.Ask(loader, 0, Key, _target);
        var later = _target.NextVersion();

        (long Version, PackedTags Tags) written = default;
        _leases.TryComplete(Key, loader.Outcomes[0].Token, (version, tags) =>
        {
            written = (version, tags);
            return default;
        });

        written.Version.ShouldBeLessThan(later);
        written.Tags.Contains("eu"u8).ShouldBeTrue();
    }

    [Fact]
    public void TryFail_WithTheToken_GivesTheErrorToAllWhoWaitAndNobodyElse()
    {
        var loader = Ask();
        var waiter = Ask();

        _leases.TryFail(Key, loader.Outcomes[0].Token, new("down", "The database is down.")).ShouldBeTrue();

        waiter.Outcomes[0].Error!.Code.ShouldBe("down");
        Ask().Outcomes[0].State.ShouldBe(LoadState.Granted);
    }

    [Fact]
    public async Task TryRelease_OthersWait_GoesToTheOneThatWaitsLongest()
    {
        var loader = Ask();
        var (first, second) = (Ask(), Ask());
        var changed = _leases.WaitAsync(first);

        _leases.TryRelease(Key, loader.Outcomes[0].Token).ShouldBeTrue();

        await changed;
        first.Outcomes[0].State.ShouldBe(LoadState.Granted);
        second.Outcomes[0].State.ShouldBe(LoadState.Pending);
        Complete(loader, 1).ShouldBeFalse();
        Complete(first, 2).ShouldBeTrue();
        second.Outcomes[0].Value.Value.Span[0].ShouldBe((byte)2);
    }

    [Fact]
    public void TryComplete_AfterItsTime_IsRefused()
    {
        var loader = Ask();
        _time.Advance(LeaseTime);

        Complete(loader, 1).ShouldBeFalse();
        var next = Ask();
        next.Outcomes[0].State.ShouldBe(LoadState.Granted);
        Complete(loader, 1).ShouldBeFalse();
        Complete(next, 2).ShouldBeTrue();
    }

    [Fact]
    public void HandOverExpired_LoaderThatDied_HandsOverToWhoWaits()
    {
        var loader = Ask();
        var waiter = Ask();

        _time.Advance(LeaseTime - TimeSpan.FromMilliseconds(1));
        _leases.HandOverExpired();
        waiter.Outcomes[0].State.ShouldBe(LoadState.Pending);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _leases.HandOverExpired();

        waiter.Outcomes[0].State.ShouldBe(LoadState.Granted);
        _leases.TryRenew(Key, loader.Outcomes[0].Token).ShouldBeFalse();
    }

    [Fact]
    public void TryRenew_InTime_GivesTheFullTimeAgain()
    {
        var loader = Ask();
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(LeaseTime * 0.9);
            _leases.TryRenew(Key, loader.Outcomes[0].Token).ShouldBeTrue();
            _leases.HandOverExpired();
        }

        Complete(loader, 1).ShouldBeTrue();
    }

    [Fact]
    public void Leave_WaiterThatGoesAway_TakesNothingFromTheOthers()
    {
        var loader = Ask();
        var (gone, stays) = (Ask(), Ask());

        _leases.Leave(gone);

        _leases.TryRelease(Key, loader.Outcomes[0].Token).ShouldBeTrue();
        gone.Outcomes[0].State.ShouldBe(LoadState.Pending);
        stays.Outcomes[0].State.ShouldBe(LoadState.Granted);
    }

    [Fact]
    public async Task Hold_KeyThatIsWrittenMeanwhile_RefusesTheLoadAndLetsTheOthersAskAgain()
    {
        var loader = Ask();
        var waiter = Ask();
        var changed = _leases.WaitAsync(waiter);

        _leases.Hold(Key).Dispose();

        await changed;
        waiter.Outcomes[0].State.ShouldBe(LoadState.Pending);
        Complete(loader, 1).ShouldBeFalse();
        _leases.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Mark_SomethingWasLoadedMeanwhile_IsAnother()
    {
        var before = _leases.Mark;
        var loader = Ask();
        _leases.Mark.ShouldBe(LoadLeases.Busy);
        Complete(loader, 1);

        _leases.Mark.ShouldNotBe(before);
        _leases.Mark.ShouldNotBe(LoadLeases.Busy);
    }

    [Fact]
    public void Abandon_CallThatGotTheLease_LeavesItToTheNext()
    {
        var loader = Ask();
        var (gone, stays) = (Ask(), Ask());
        _leases.TryRelease(Key, loader.Outcomes[0].Token).ShouldBeTrue();

        _leases.Abandon(gone);

        stays.Outcomes[0].State.ShouldBe(LoadState.Granted);
        Complete(gone, 1).ShouldBeFalse();
        Complete(stays, 2).ShouldBeTrue();
    }

    [Fact]
    public void Revoke_ThoseThatAreMeant_LeavesTheRest()
    {
        var (a, b) = (Ask("a"u8), Ask("b"u8));

        _leases.Revoke(lease => lease.Key is [(byte)'a']);

        _leases.TryRenew("a"u8, a.Outcomes[0].Token).ShouldBeFalse();
        _leases.TryRenew("b"u8, b.Outcomes[0].Token).ShouldBeTrue();
    }

    [Fact]
    public void Ask_MoreLeasesThanAllowed_SaysTheLimit()
    {
        var loaders = new[] { Ask("1"u8), Ask("2"u8), Ask("3"u8) };

        var refused = Ask("4"u8).Outcomes[0];
        refused.Error!.Code.ShouldBe(CacheErrorCodes.TooManyLoads);
        refused.Error.Message.ShouldContain("3 keys are being loaded");

        _leases.TryRelease("1"u8, loaders[0].Outcomes[0].Token).ShouldBeTrue();
        Ask("4"u8).Outcomes[0].State.ShouldBe(LoadState.Granted);
    }

    [Fact]
    public void Ask_MoreWaitersThanAllowed_SaysTheLimitUntilOneHasLeft()
    {
        Ask();
        var waiters = Enumerable.Range(0, 5).Select(_ => Ask()).ToArray();

        Ask().Outcomes[0].Error!.Message.ShouldContain("wait for 5 loads");

        _leases.Leave(waiters[0]);
        Ask().Outcomes[0].State.ShouldBe(LoadState.Pending);
    }

    [Fact]
    public void Ask_AgainByTheOneThatLoads_GivesTheSameLease()
    {
        var first = Ask(Key, asker: 100).Outcomes[0];
        var again = Ask(Key, asker: 100).Outcomes[0];

        again.ShouldBe(first);
    }

    [Fact]
    public async Task WaitAsync_CallOfManyKeys_EndsWhenAllHaveCome()
    {
        var (a, b) = (Ask("a"u8), Ask("b"u8));
        var call = new LoadCall(2, ++_asker, default);
        _leases.Ask(call, 0, "a"u8, _target);
        _leases.Ask(call, 1, "b"u8, _target);
        var changed = _leases.WaitAsync(call);

        Complete(a, 1, "a"u8).ShouldBeTrue();
        changed.IsCompleted.ShouldBeFalse();
        Complete(b, 2, "b"u8).ShouldBeTrue();

        await changed;
    }

    [Fact]
    public async Task Asks_FromManyThreads_LoadEachKeyOnce()
    {
        var leases = new LoadLeases(new(1_000, 1_000_000, LeaseTime), TimeProvider.System);
        var target = new DictionaryLoadTarget();
        var keys = Enumerable.Range(0, 50).Select(i => new[] { (byte)i }).ToArray();
        var loads = new int[keys.Length];

        await Parallel.ForAsync(0, 500, async (_, _) =>
        {
            for (var missing = keys.Length; missing > 0;)
            {
                var call = AskAll();
                await LoadGrantedAsync(call);
                await leases.WaitAsync(call);
                leases.Leave(call);
                missing = call.Outcomes.Count(outcome => outcome.State == LoadState.Pending);
            }
        });

        loads.ShouldAllBe(count => count == 1);
        leases.IsEmpty.ShouldBeTrue();

        LoadCall AskAll()
        {
            var call = new LoadCall(keys.Length, Interlocked.Increment(ref _asker), default);
            for (var i = 0; i < keys.Length; i++)
            {
                leases.Ask(call, i, keys[i], target);
            }

            return call;
        }

        async Task LoadGrantedAsync(LoadCall call)
        {
            foreach (var i in Enumerable.Range(0, keys.Length).Where(i => call.Outcomes[i].State == LoadState.Granted))
            {
                Interlocked.Increment(ref loads[i]);
                await Task.Yield();
                leases.TryComplete(keys[i], call.Outcomes[i].Token, (version, _) => target.Write(keys[i], (byte)i, version)).ShouldBeTrue();
            }
        }
    }

    private LoadCall Ask() => Ask(Key);

    private LoadCall Ask(ReadOnlySpan<byte> key) => Ask(key, ++_asker);

    private LoadCall Ask(ReadOnlySpan<byte> key, long asker)
    {
        var call = new LoadCall(1, asker, default);
        _leases.Ask(call, 0, key, _target);
        return call;
    }

    private LoadOutcome AskAhead(long version)
    {
        var call = new LoadCall(1, ++_asker, default);
        _leases.AskAhead(call, 0, Key, version, _target);
        return call.Outcomes[0];
    }

    private bool Complete(LoadCall call, byte value) => Complete(call, value, Key);

    private bool Complete(LoadCall call, byte value, ReadOnlySpan<byte> key)
    {
        var written = key.ToArray();
        return _leases.TryComplete(key, call.Outcomes[0].Token, (version, _) => _target.Write(written, value, version));
    }
}
