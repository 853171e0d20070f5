using System.Text;

namespace Armature.Caching;

public sealed class CacheLoadTests : IDisposable
{
    private static readonly TimeSpan Wait = CacheLoad.LongestWait;

    private readonly NodeRig _rig = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Load_SomeThereAndSomeNot_GivesValuesAndLeases()
    {
        _rig.Ask(CacheRequests.Set("there", [7]));

        var first = _rig.Ask(CacheRequests.Load(1, "there", "new", "new"));
        var second = _rig.Ask(CacheRequests.Load(2, "new"));

        first.Outcomes.ShouldBe([CacheOutcome.Done, CacheOutcome.Granted, CacheOutcome.Granted]);
        first.Values![0].ToArray().ShouldBe([7]);
        first.Tokens![1].ShouldBe(first.Tokens[2]);
        second.Outcomes.ShouldBe([CacheOutcome.Pending]);
    }

    [Fact]
    public async Task AnswerAsync_LoadThatEndsMeanwhile_GivesTheValue()
    {
        var token = Granted("key");
        var waiting = WaitFor("key");
        waiting.IsCompleted.ShouldBeFalse();

        _rig.AskOne(CacheRequests.Complete("key", token, [7])).ShouldBe(CacheOutcome.Done);

        var reply = await waiting;
        reply.Outcomes.ShouldBe([CacheOutcome.Done]);
        reply.Values![0].ToArray().ShouldBe([7]);
        reply.Versions![0].ShouldBe(_rig.Ask(CacheRequests.Get("key")).Versions![0]);
    }

    [Fact]
    public async Task AnswerAsync_LoadThatFails_GivesTheErrorAndLetsTheNextOneLoad()
    {
        var token = Granted("key");
        var waiting = WaitFor("key");

        _rig.AskOne(CacheRequests.Report(CacheOperation.FailLoad, "key", token, new ItemError("down", "It is down."))).ShouldBe(CacheOutcome.Done);

        (await waiting).Errors![0].Code.ShouldBe("down");
        Granted("key").ShouldNotBe(token);
    }

    [Fact]
    public async Task AnswerAsync_LoadThatTakesLong_SaysToAskAgain()
    {
        Granted("key");
        var waiting = WaitFor("key");

        _rig.Time.Advance(Wait);

        (await waiting).Outcomes.ShouldBe([CacheOutcome.Pending]);
    }

    [Fact]
    public async Task AnswerAsync_LoaderGivesUp_HandsOverToTheWaiter()
    {
        var token = Granted("key");
        var waiting = WaitFor("key");

        _rig.AskOne(CacheRequests.Report(CacheOperation.ReleaseLoad, "key", token)).ShouldBe(CacheOutcome.Done);

        var reply = await waiting;
        reply.Outcomes.ShouldBe([CacheOutcome.Granted]);
        _rig.AskOne(CacheRequests.Complete("key", token, [1])).ShouldBe(CacheOutcome.Missing);
        _rig.AskOne(CacheRequests.Complete("key", reply.Tokens![0], [2])).ShouldBe(CacheOutcome.Done);
    }

    [Fact]
    public async Task AnswerAsync_WaiterThatIsCancelled_LeavesThePlaceToOthers()
    {
        var token = Granted("key");
        using var gone = new CancellationTokenSource();
        var cancelled = _rig.Node.AnswerAsync(CacheRequests.Load(8, Wait, [], "key"), long.MaxValue, gone.Token).AsTask();
        var waiting = WaitFor("key");

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        _rig.AskOne(CacheRequests.Report(CacheOperation.ReleaseLoad, "key", token));

        (await waiting).Outcomes.ShouldBe([CacheOutcome.Granted]);
    }

    [Fact]
    public async Task AnswerAsync_SomethingToLoad_WaitsForNothingElse()
    {
        Granted("key");

        var answer = await _rig.Node.AnswerAsync(CacheRequests.Load(2, Wait, [], "key", "new"), long.MaxValue, Cancel);

        answer.Answer.ToReply().Outcomes.ShouldBe([CacheOutcome.Pending, CacheOutcome.Granted]);
    }

    [Fact]
    public void CompleteLoad_KeyWasWrittenMeanwhile_DoesNotWriteOverIt()
    {
        var token = Granted("key");
        _rig.Ask(CacheRequests.Set("key", [2]));

        _rig.AskOne(CacheRequests.Complete("key", token, [1])).ShouldBe(CacheOutcome.Missing);

        _rig.Ask(CacheRequests.Get("key")).Values![0].ToArray().ShouldBe([2]);
    }

    [Fact]
    public void CompleteLoad_KeyWasDeletedMeanwhile_DoesNotBringItBack()
    {
        var token = Granted("key");
        _rig.Ask(CacheRequests.Delete("key"));

        _rig.AskOne(CacheRequests.Complete("key", token, [1])).ShouldBe(CacheOutcome.Missing);

        _rig.AskOne(CacheRequests.Exists("key")).ShouldBe(CacheOutcome.Missing);
    }

    [Theory]
    [InlineData(CacheSelectionKind.All, "")]
    [InlineData(CacheSelectionKind.Pattern, "k*")]
    [InlineData(CacheSelectionKind.Tag, "eu")]
    public async Task CompleteLoad_KeyWasInvalidatedMeanwhile_IsRefusedAndWhoWaitsAsksAgain(CacheSelectionKind kind, string text)
    {
        var token = _rig.Ask(CacheRequests.Load(1, TimeSpan.Zero, ["eu"], "key")).Tokens![0];
        var waiting = WaitFor("key");

        _rig.Ask(CacheRequests.Invalidate(kind, text));
        _rig.Sweep.Run();

        _rig.AskOne(CacheRequests.Complete("key", token, [1])).ShouldBe(CacheOutcome.Missing);
        (await waiting).Outcomes.ShouldBe([CacheOutcome.Pending]);
        Granted("key");
    }

    [Fact]
    public void CompleteLoad_OtherKeysWereInvalidatedMeanwhile_Writes()
    {
        var token = _rig.Ask(CacheRequests.Load(1, TimeSpan.Zero, ["eu"], "key")).Tokens![0];
        _rig.Ask(CacheRequests.Invalidate(CacheSelectionKind.Tag, "us"));
        _rig.Ask(CacheRequests.Invalidate(CacheSelectionKind.Pattern, "other*"));

        _rig.AskOne(CacheRequests.Complete("key", token, [1])).ShouldBe(CacheOutcome.Done);

        _rig.AskOne(CacheRequests.Exists("key")).ShouldBe(CacheOutcome.Done);
        _rig.Ask(CacheRequests.Invalidate(CacheSelectionKind.Tag, "eu"));
        _rig.AskOne(CacheRequests.Exists("key")).ShouldBe(CacheOutcome.Missing);
    }

    [Fact]
    public async Task CompleteLoad_ValueTooLarge_FailsForAll()
    {
        var token = Granted("key");
        var waiting = WaitFor("key");

        var reply = _rig.Ask(CacheRequests.Complete("key", token, new byte[(1 << 20) + 1]));

        reply.Errors![0].Code.ShouldBe(CacheErrorCodes.ValueTooLarge);
        (await waiting).Errors![0].Code.ShouldBe(CacheErrorCodes.ValueTooLarge);
    }

    [Fact]
    public void FailLoad_LeaseIsLost_BeginsNoPause()
    {
        var token = Granted("key");
        var version = _rig.Ask(CacheRequests.Set("key", [2])).Versions![0];

        _rig.AskOne(CacheRequests.Fail("key", token, pauseMilliseconds: 1_000)).ShouldBe(CacheOutcome.Missing);

        _rig.Pauses.Contains("things\0key"u8, version).ShouldBeFalse();
    }

    [Fact]
    public async Task Release_PartitionThatGoes_EndsItsLoads()
    {
        var token = Granted("key");
        var waiting = WaitFor("key");

        for (var partition = 0; partition < CacheLimits.Partitions; partition++)
        {
            _rig.Holdings.Release(partition);
            _rig.Holdings.Hold(partition, null);
        }

        (await waiting).Outcomes.ShouldBe([CacheOutcome.Pending]);
        _rig.AskOne(CacheRequests.Complete("key", token, [1])).ShouldBe(CacheOutcome.Missing);
    }

    [Fact]
    public void Writes_WhileTheirKeyIsLoaded_AreNeverOvertaken()
    {
        Parallel.For(0, 8, thread =>
        {
            // Some only load, so that something is loaded at nearly any time.
            for (var round = 0; round < 5_000; round++)
            {
                var key = $"key-{thread / 2}";
                var load = _rig.Ask(CacheRequests.Load((thread * 10_000) + round + 1, key));
                if (load.Outcomes[0] == CacheOutcome.Granted)
                {
                    _rig.Ask(CacheRequests.Complete(key, load.Tokens![0], "loaded"u8.ToArray()));
                }

                if (thread % 2 == 0)
                {
                    ShouldReadItsOwnWrite(key, round);
                }
            }
        });
    }

    public void Dispose() => _rig.Dispose();

    // Nobody else writes or deletes the key: a load that began before must not show after.
    private void ShouldReadItsOwnWrite(string key, int round)
    {
        _rig.Ask(CacheRequests.Set(key, Encoding.UTF8.GetBytes($"{round}")));
        var read = _rig.Ask(CacheRequests.Get(key));
        Encoding.UTF8.GetString(read.Values![0].Span).ShouldBe($"{round}");
        _rig.AskOne(CacheRequests.Delete(key)).ShouldBe(CacheOutcome.Done);
    }

    private long Granted(string key)
    {
        var reply = _rig.Ask(CacheRequests.Load(Random.Shared.NextInt64(1, long.MaxValue), key));
        reply.Outcomes.ShouldBe([CacheOutcome.Granted]);
        return reply.Tokens![0];
    }

    private async Task<CacheReply> WaitFor(string key) =>
        (await _rig.Node.AnswerAsync(CacheRequests.Load(9, Wait, [], key), long.MaxValue, Cancel)).Answer.ToReply();
}
