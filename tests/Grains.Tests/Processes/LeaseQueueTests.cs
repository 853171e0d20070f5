using CsCheck;

namespace Armature.Processes;

public sealed class LeaseQueueTests
{
    private readonly LeaseQueue<string> _queue;
    private int _places = 2;

    public LeaseQueueTests() => _queue = new(_ => _places, maxWaiting: 2);

    [Fact]
    public async Task LeaseAsync_SeveralChildren_TakesTheOneWithTheFewestRequests()
    {
        _queue.Add("a");
        _queue.Add("b");

        var first = await LeaseAsync();
        var second = await LeaseAsync();

        second.ShouldNotBe(first);
    }

    [Fact]
    public async Task LeaseAsync_AllPlacesTaken_ServesThoseWhoWaitInOrder()
    {
        _queue.Add("a");
        await LeaseAsync();
        await LeaseAsync();
        var third = LeaseAsync();
        var fourth = LeaseAsync();

        _queue.Return("a");

        (await third).ShouldBe("a");
        fourth.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task LeaseAsync_LineIsFull_Fails()
    {
        _ = LeaseAsync();
        _ = LeaseAsync();

        (await Should.ThrowAsync<ProcessUnavailableException>(LeaseAsync)).Reason.ShouldBe(ProcessUnavailableReason.QueueFull);
    }

    [Fact]
    public async Task LeaseAsync_Cancelled_LeavesTheLineToOthers()
    {
        using var cancellation = new CancellationTokenSource();
        var first = _queue.LeaseAsync(cancellation.Token);
        var second = LeaseAsync();
        await cancellation.CancelAsync();

        _queue.Add("a");

        await Should.ThrowAsync<OperationCanceledException>(() => first);
        (await second).ShouldBe("a");
    }

    [Fact]
    public async Task OnPlacesChanged_More_ServesThoseWhoWait()
    {
        _queue.Add("a");
        await LeaseAsync();
        await LeaseAsync();
        var third = LeaseAsync();
        var fourth = LeaseAsync();

        _places = 3;
        _queue.OnPlacesChanged("a");

        (await third).ShouldBe("a");
        fourth.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task OnPlacesChanged_Fewer_GivesNoneOutUntilEnoughAreBack()
    {
        _queue.Add("a");
        await LeaseAsync();
        await LeaseAsync();
        var third = LeaseAsync();

        _places = 1;
        _queue.Return("a");

        third.IsCompleted.ShouldBeFalse();
        _queue.Return("a");
        (await third).ShouldBe("a");
    }

    [Fact]
    public async Task Remove_UsedChild_IsNotServedAgain()
    {
        _queue.Add("a");
        await LeaseAsync();
        _queue.Remove("a");

        _queue.Return("a");

        LeaseAsync().IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task RetireAsync_UsedChild_CompletesWhenItsPlacesAreBackAndGivesNoneOut()
    {
        _queue.Add("a");
        await LeaseAsync();
        var retired = _queue.RetireAsync("a");
        var waiting = LeaseAsync();

        retired.IsCompleted.ShouldBeFalse();
        _queue.Return("a");

        await retired;
        waiting.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Fail_SomeoneWaits_FailsThemUntilAChildIsAdded()
    {
        var waiting = LeaseAsync();

        _queue.Fail(new InvalidOperationException("flux"));

        await Should.ThrowAsync<InvalidOperationException>(() => waiting);
        await Should.ThrowAsync<InvalidOperationException>(LeaseAsync);
        _queue.Add("a");
        (await LeaseAsync()).ShouldBe("a");
    }

    [Fact]
    public async Task Close_ChildIsAddedAfterwards_StaysClosed()
    {
        _queue.Close(new InvalidOperationException("flux"));

        _queue.Add("a");

        await Should.ThrowAsync<InvalidOperationException>(LeaseAsync);
    }

    [Fact]
    public void LeaseAsync_RandomSteps_NeverGivesOutMorePlacesThanThereAre() =>
        Gen.Int[0, 3].List[0, 60].Sample(steps =>
        {
            var queue = new LeaseQueue<string>(static _ => 2, 1000);
            var leases = new List<Task<string>>();
            var names = new[] { "a", "b", "c" };
            var added = 0;
            foreach (var step in steps)
            {
                if (step == 0 && added < names.Length)
                {
                    queue.Add(names[added++]);
                }
                else if (step == 1 && leases.Find(lease => lease.IsCompletedSuccessfully) is { } held)
                {
                    leases.Remove(held);
                    queue.Return(names[Array.IndexOf(names, held.GetAwaiter().GetResult())]);
                }
                else
                {
                    leases.Add(queue.LeaseAsync(CancellationToken.None));
                }

                leases.Count(lease => lease.IsCompleted).ShouldBe(Math.Min(leases.Count, added * 2));
            }
        });

    private Task<string> LeaseAsync() => _queue.LeaseAsync(CancellationToken.None);
}
