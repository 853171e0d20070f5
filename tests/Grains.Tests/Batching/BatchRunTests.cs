using Armature.Testing;

namespace Armature.Batching;

/// <summary>The coordinator on a cluster that the test plays: deaths, joins, returns, late chunks, step by step.</summary>
public sealed class BatchRunTests : BatchRunBench
{
    [Fact]
    public async Task RunAsync_SiloDies_ItsItemsRunOneByOneAndNoneIsLost()
    {
        var nodes = new FakeNodes();
        var other = nodes.Add(2, capacity: 1);
        var batch = await StartAsync(nodes, items: 4);
        var chunks = await TakeAsync(nodes, 4);

        nodes.Kill(other);
        foreach (var chunk in chunks.Where(chunk => chunk.Silo.Equals(nodes.Local)))
        {
            chunk.Complete();
        }

        var lost = chunks.Where(chunk => chunk.Silo.Equals(other)).SelectMany(chunk => chunk.Indices).ToHashSet();
        lost.Count.ShouldBe(2);
        while (lost.Count > 0)
        {
            var suspect = await nodes.NextAsync();
            lost.Remove(suspect.Indices.ShouldHaveSingleItem()).ShouldBeTrue();
            suspect.Complete();
        }

        await EndAsync(batch);
        (await ResultsAsync(batch)).ShouldBe([0, 1, 2, 3]);
        batch.LatestStatus.Failed.ShouldBe(0);
        batch.LatestStatus.Suspected.ShouldBe(2);
        (await LeftAsync(batch)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task RunAsync_SiloDrains_HasLeftOnce()
    {
        var nodes = new FakeNodes();
        var other = nodes.Add(2, capacity: 1);
        var batch = await StartAsync(nodes, items: 4);
        foreach (var chunk in (await TakeAsync(nodes, 4)).OrderBy(chunk => chunk.Silo.Equals(other)))
        {
            if (chunk.Silo.Equals(other))
            {
                chunk.Return(NodeState.Draining);
                continue;
            }

            chunk.Complete();
        }

        foreach (var again in await TakeAsync(nodes, 2))
        {
            again.Silo.ShouldBe(nodes.Local);
            again.Complete();
        }

        await EndAsync(batch);
        (await ResultsAsync(batch)).ShouldBe([0, 1, 2, 3]);
        (await LeftAsync(batch)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Append_SecondSenderWithOtherNumberOfItems_IsRefusedAndTheBatchGoesOn()
    {
        var nodes = new FakeNodes();
        var batch = await StartAsync(nodes, items: 2);

        foreach (var other in new[] { 1, 4 })
        {
            var refused = await Should.ThrowAsync<BatchConflictException>(() => On(() => batch.AppendAsync(Items(other), other)));
            refused.BatchId.ShouldBe("batch");
            refused.Message.ShouldContain($"it has 2 items, and this has {other}");
        }

        (await On(() => batch.AppendAsync(Items(2), 2))).NextIndex.ShouldBe(2);
        foreach (var chunk in await TakeAsync(nodes, 2))
        {
            chunk.Complete();
        }

        await EndAsync(batch);
        (await ResultsAsync(batch)).ShouldBe([0, 1]);
    }

    [Fact]
    public async Task RunAsync_SecondDeathWithOneSuspect_NamesTheItem()
    {
        var nodes = new FakeNodes();
        var second = nodes.Add(2, capacity: 1);
        var batch = await StartAsync(nodes, items: 2);
        var chunks = await TakeAsync(nodes, 2);
        foreach (var chunk in chunks.Where(chunk => chunk.Silo.Equals(nodes.Local)))
        {
            chunk.Complete();
        }

        var third = nodes.Add(3, capacity: 1);
        await Eventually.BecomesTrueAsync(() => batch.LatestStatus.Silos.Length == 3, "the third silo has joined");
        nodes.Kill(second);
        var suspect = await nodes.NextAsync();
        suspect.Silo.ShouldBe(third);
        nodes.Kill(third);

        await EndAsync(batch);
        batch.LatestStatus.Failed.ShouldBe(1);
        batch.LatestStatus.Succeeded.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_SeveralSuspects_RunOneAtATimeOnEverySiloButTheCoordinators()
    {
        var nodes = new FakeNodes();
        var dying = nodes.Add(2, capacity: 5);
        var batch = await StartAsync(nodes, items: 8);
        var chunks = await TakeAsync(nodes, 8);
        var lost = chunks.Count(chunk => chunk.Silo.Equals(dying));
        lost.ShouldBe(6);
        SiloAddress[] others = [nodes.Add(3, capacity: 1), nodes.Add(4, capacity: 1)];
        await Eventually.BecomesTrueAsync(() => batch.LatestStatus.Silos.Length == 4, "both have joined");

        nodes.Kill(dying);
        var suspects = await TakeAsync(nodes, 2);
        suspects.Select(suspect => suspect.Silo).ShouldBe(others, ignoreOrder: true);
        (await On(() => Task.FromResult(batch.Status.Silos.Sum(silo => silo.Running)))).ShouldBe(8 - lost + 2);

        chunks.Where(chunk => chunk.Silo.Equals(nodes.Local)).ToList().ForEach(chunk => chunk.Complete());
        suspects.ForEach(suspect => suspect.Complete());
        for (var left = lost - 2; left > 0; left--)
        {
            var next = await nodes.NextAsync();
            next.Indices.ShouldHaveSingleItem();
            others.ShouldContain(next.Silo);
            next.Complete();
        }

        await EndAsync(batch);
        (await ResultsAsync(batch)).ShouldBe(Enumerable.Range(0, 8));
    }

    [Fact]
    public async Task RunAsync_SiloOfASuspectDrains_TheItemStaysSuspect()
    {
        var nodes = new FakeNodes();
        var dying = nodes.Add(2, capacity: 1);
        var batch = await StartAsync(nodes, items: 2);
        var chunks = await TakeAsync(nodes, 2);
        chunks.Single(chunk => chunk.Silo.Equals(nodes.Local)).Complete();
        var draining = nodes.Add(3, capacity: 1);
        await Eventually.BecomesTrueAsync(() => batch.LatestStatus.Silos.Length == 3, "the third silo has joined");
        nodes.Kill(dying);
        var suspect = await nodes.NextAsync();
        suspect.Silo.ShouldBe(draining);
        var last = nodes.Add(4, capacity: 1);
        await Eventually.BecomesTrueAsync(() => batch.LatestStatus.Silos.Length == 4, "the fourth silo has joined");

        suspect.Return(NodeState.Draining);
        var again = await nodes.NextAsync();
        again.Silo.ShouldBe(last);
        nodes.Kill(last);

        await EndAsync(batch);
        batch.LatestStatus.Failed.ShouldBe(1);
    }

    [Fact]
    public async Task Tick_SenderSilent_FailsAndSaysWhy()
    {
        var nodes = new FakeNodes();
        var batch = await StartAsync(nodes, items: 2, count: null);
        await TakeAsync(nodes, 2);

        Time.Advance(TimeSpan.FromSeconds(50));
        await On(() => batch.AppendAsync(PackedEntries.Empty, null));
        Time.Advance(TimeSpan.FromSeconds(50));
        await TickAsync(batch);
        batch.IsRunning.ShouldBeTrue();
        Time.Advance(TimeSpan.FromSeconds(11));
        await TickAsync(batch);

        await EndAsync(batch);
        batch.LatestStatus.State.ShouldBe(BatchState.Failed);
        batch.LatestStatus.Failure.ShouldNotBeNull().ShouldContain("Batching:SenderTimeout");
        nodes.Cancellations.ShouldAllBe(told => told.Silo.Equals(nodes.Local));
        nodes.Cancellations.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Tick_AllItemsSent_WaitsForNoSender()
    {
        var nodes = new FakeNodes();
        var batch = await StartAsync(nodes, items: 1);
        var chunk = await nodes.NextAsync();

        Time.Advance(TimeSpan.FromHours(1));
        await TickAsync(batch);
        chunk.Complete();

        await EndAsync(batch);
        batch.LatestStatus.State.ShouldBe(BatchState.Completed);
    }

    [Fact]
    public async Task RunAsync_SiloJoins_TakesWork()
    {
        var nodes = new FakeNodes();
        var batch = await StartAsync(nodes, items: 10);
        await TakeAsync(nodes, 2);

        var joined = nodes.Add(2, capacity: 3);
        var chunks = await TakeAsync(nodes, 4);

        chunks.ShouldAllBe(chunk => chunk.Silo.Equals(joined));
        var events = await On(() => batch.ReadEventsAsync(0, TimeSpan.Zero, CancellationToken.None));
        events.ShouldContain(e => e.Kind == BatchEventKind.SiloJoined && e.Silo == joined.ToString());
    }

    [Fact]
    public async Task RunAsync_SiloWithManyLanes_IsGivenFewItemsBesideThoseItWorksOn()
    {
        const int items = 2_000;
        const int chunks = 4;
        const int largestChunk = 15; // 150 ms of items of 10 ms
        var nodes = new FakeNodes(localCapacity: 20);
        var batch = await StartAsync(nodes, items);

        for (var done = 0; done < items;)
        {
            var chunk = await nodes.NextAsync();
            var status = await On(() => Task.FromResult(batch.Status));
            status.Silos.Sum(silo => silo.Running).ShouldBeLessThanOrEqualTo(chunks * largestChunk);
            chunk.Complete(TimeSpan.FromMilliseconds(10));
            done += chunk.Indices.Length;
        }

        await EndAsync(batch);
        (await ResultsAsync(batch)).ShouldBe(Enumerable.Range(0, items));
    }

    [Fact]
    public async Task RunAsync_LargeChunkEndsAndItemsAreSlowNow_SiloWorksOnAsManyAsItCan()
    {
        const int capacity = 20;
        var (fast, slow) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10));
        var nodes = new FakeNodes(localCapacity: capacity);
        var batch = await StartAsync(nodes, items: 1_000);
        var first = await TakeAsync(nodes, 16);
        await CompleteAsync(batch, first[0], fast);
        var second = await TakeAsync(nodes, 2);
        await CompleteAsync(batch, second[0], fast);
        var large = await nodes.NextAsync();
        large.Indices.Length.ShouldBeGreaterThan(2 * capacity + 2);

        await CompleteAsync(batch, second[1], slow);
        foreach (var single in first.Skip(4))
        {
            await CompleteAsync(batch, single, slow);
        }

        await CompleteAsync(batch, large, slow);

        (await TakeAsync(nodes, capacity - 3)).ShouldAllBe(chunk => chunk.Indices.Length == 1);
    }

    [Fact]
    public async Task RunAsync_OneItemOfEachChunkIsSlow_SiloIsGivenMoreBesideThem()
    {
        const int capacity = 20;
        var nodes = new FakeNodes(localCapacity: capacity);
        var batch = await StartAsync(nodes, items: 2_000);
        for (var done = 0; done < 1_000;)
        {
            var chunk = await nodes.NextAsync();
            chunk.Complete(TimeSpan.FromMilliseconds(10));
            done += chunk.Indices.Length;
        }

        // What is held is not answered: of all that the silo knows, it could be working on one item of each.
        for (var held = 0; held < capacity; held++)
        {
            await AdvanceUntilNextAsync(nodes);
        }
    }

    [Fact]
    public async Task RunAsync_SiloDrains_ItsItemsRunElsewhereAtTheSameAttempt()
    {
        var nodes = new FakeNodes();
        var other = nodes.Add(2, capacity: 1);
        var batch = await StartAsync(nodes, items: 4);
        var chunks = await TakeAsync(nodes, 4);

        foreach (var chunk in chunks.Where(chunk => chunk.Silo.Equals(other)))
        {
            chunk.Return(NodeState.Draining);
        }

        chunks.Where(chunk => chunk.Silo.Equals(nodes.Local)).ToList().ForEach(chunk => chunk.Complete());
        var returned = chunks.Where(chunk => chunk.Silo.Equals(other)).SelectMany(chunk => chunk.Indices).ToHashSet();
        while (returned.Count > 0)
        {
            var chunk = await nodes.NextAsync();
            chunk.Silo.ShouldBe(nodes.Local);
            chunk.Request.Attempt.ShouldBe(1);
            returned.ExceptWith(chunk.Indices);
            chunk.Complete();
        }

        await EndAsync(batch);
        (await ResultsAsync(batch)).ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task RunAsync_ItemFails_RunsAgainAfterItsBackoff()
    {
        var nodes = new FakeNodes();
        var batch = await StartAsync(nodes, items: 1);
        var first = await nodes.NextAsync();

        first.FailItems(Errors(0));
        var second = await AdvanceUntilNextAsync(nodes);
        second.Request.Attempt.ShouldBe(2);
        second.FailItems(Errors(0));
        var third = await AdvanceUntilNextAsync(nodes);
        third.Request.Attempt.ShouldBe(3);
        third.FailItems(Errors(0));

        await EndAsync(batch);
        batch.LatestStatus.Failed.ShouldBe(1);
        batch.LatestStatus.Retried.ShouldBe(2);
    }

    [Fact]
    public async Task Tick_LateChunkAndIdleSilo_StartsItThereAndTheFirstAnswerCounts()
    {
        var nodes = new FakeNodes { TailReissue = TailReissue.On };
        var other = nodes.Add(2, capacity: 1);
        var batch = await StartAsync(nodes, items: 2);
        var chunks = await TakeAsync(nodes, 2);
        var late = chunks.Single(chunk => chunk.Silo.Equals(nodes.Local));
        chunks.Single(chunk => chunk.Silo.Equals(other)).Complete();
        await Eventually.BecomesTrueAsync(() => On(() => Task.FromResult(batch.Status.Done == 1)), "one item is done");

        Time.Advance(TimeSpan.FromMinutes(5));
        await TickAsync(batch);
        var twin = await nodes.NextAsync();
        twin.Silo.ShouldBe(other);
        twin.Indices.ShouldBe(late.Indices);
        twin.Complete();
        await EndAsync(batch);

        late.Complete();
        batch.LatestStatus.Reissued.ShouldBe(1);
        (await ResultsAsync(batch)).ShouldBe([0, 1]);
        await Eventually.BecomesTrueAsync(() => nodes.Cancellations.Contains((nodes.Local, late.Request.ChunkId)), "the loser is cancelled");
    }

    [Fact]
    public async Task RunAsync_SiloOfALateChunkDies_ItsTwinGoesOn()
    {
        var nodes = new FakeNodes { TailReissue = TailReissue.On };
        var other = nodes.Add(2, capacity: 1);
        var batch = await StartAsync(nodes, items: 2);
        var chunks = await TakeAsync(nodes, 2);
        chunks.Single(chunk => chunk.Silo.Equals(nodes.Local)).Complete();
        await Eventually.BecomesTrueAsync(() => On(() => Task.FromResult(batch.Status.Done == 1)), "one item is done");
        Time.Advance(TimeSpan.FromMinutes(5));
        await TickAsync(batch);
        var twin = await nodes.NextAsync();

        nodes.Kill(other);
        await Eventually.BecomesTrueAsync(() => On(() => Task.FromResult(batch.Status.Silos.Sum(silo => silo.Running) == 1)), "the dead silo's chunk is given up");
        twin.Complete();

        await EndAsync(batch);
        nodes.Cancellations.ShouldBeEmpty();
        batch.LatestStatus.Succeeded.ShouldBe(2);
    }

    [Fact]
    public async Task Tick_HandlerForbidsReissue_StartsNothing()
    {
        var nodes = new FakeNodes();
        nodes.Add(2, capacity: 1);
        var batch = await StartAsync(nodes, items: 2);
        var chunks = await TakeAsync(nodes, 2);
        chunks[0].Complete();
        await Eventually.BecomesTrueAsync(() => On(() => Task.FromResult(batch.Status.Done == 1)), "one item is done");

        Time.Advance(TimeSpan.FromMinutes(5));
        await TickAsync(batch);

        (await On(() => Task.FromResult(batch.Status.Silos.Sum(silo => silo.Running)))).ShouldBe(1);
    }

    [Fact]
    public async Task CancelAsync_ChunksRunning_TellsTheSilosAndStartsNothingMore()
    {
        var nodes = new FakeNodes();
        var batch = await StartAsync(nodes, items: 10);
        await TakeAsync(nodes, 2);

        await On(async () =>
        {
            await batch.CancelAsync();
            return true;
        });
        await EndAsync(batch);

        batch.LatestStatus.State.ShouldBe(BatchState.Cancelled);
        nodes.Cancellations.ShouldContain((nodes.Local, null));
        batch.LatestStatus.Done.ShouldBe(0);
    }

    [Fact]
    public async Task PrepareAsync_SilosSlowToAnswer_WaitsForThem()
    {
        var describing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var batch = Create(new FakeNodes { Describing = _ => describing.Task });

        var preparing = await Scheduler.StartNew(batch.PrepareAsync);
        Time.Advance(TimeSpan.FromSeconds(1));
        await On(() => Task.FromResult(true));
        preparing.IsCompleted.ShouldBeFalse();
        describing.SetResult();

        await preparing;
    }

    private async Task CompleteAsync(BatchRun batch, HeldChunk chunk, TimeSpan each)
    {
        var done = (await On(() => Task.FromResult(batch.Status))).Done;
        chunk.Complete(each);
        while ((await On(() => Task.FromResult(batch.Status))).Done == done)
        {
            await Task.Yield();
        }
    }
}
