using Armature.Testing;

namespace Armature.Storage;

public sealed class WorkGroupsTests
{
    private readonly List<List<int>> _groups = [];

    [Fact]
    public async Task AddAsync_WorkThatFailsBeforeItTakesAny_FailsItsFirstAndGoesOn()
    {
        var groups = new WorkGroups<int>(_ => throw new InvalidOperationException("failed"), 10, 10);

        var added = Enumerable.Range(0, 3).Select(i => groups.AddAsync(i, 1, 1)).ToList();

        foreach (var task in added)
        {
            (await Should.ThrowAsync<InvalidOperationException>(task)).Message.ShouldBe("failed");
        }

        groups.PendingBytes.ShouldBe(0);
    }

    [Fact]
    public async Task TryTake_WorkThatArrivesMeanwhile_JoinsTheGroup()
    {
        WorkGroups<int>? groups = null;
        var joined = Task.CompletedTask;
        groups = new(
            group =>
            {
                group.TryTake(out var first).ShouldBeTrue();
                joined = joined == Task.CompletedTask ? groups!.AddAsync(2, 1, 1) : joined;
                _groups.Add([first, .. TakeAll(group)]);
                return Task.CompletedTask;
            },
            10,
            10);

        await groups.AddAsync(1, 1, 1);
        await joined;

        _groups.ShouldHaveSingleItem().ShouldBe([1, 2]);
    }

    [Fact]
    public async Task AddAsync_LargerThanAGroup_GoesAloneAndInOrder()
    {
        var gate = new Gate();
        var groups = Recording(gate);

        var added = new[] { groups.AddAsync(0, 1, 1), groups.AddAsync(1, 11, 1), groups.AddAsync(2, 1, 11), groups.AddAsync(3, 5, 5), groups.AddAsync(4, 5, 5), groups.AddAsync(5, 1, 1) };
        gate.Open();
        await Task.WhenAll(added);

        _groups.Select(group => string.Join(' ', group)).ShouldBe(["0", "1", "2", "3 4", "5"]);
    }

    [Fact]
    public async Task CloseAsync_WorkUnderWay_WaitsForItAndTakesNoMore()
    {
        var gate = new Gate();
        var groups = Recording(gate);
        var first = groups.AddAsync(1, 1, 1);
        await gate.WaitForEnteredAsync(1);
        var second = groups.AddAsync(2, 1, 1);

        var closing = groups.CloseAsync();
        closing.IsCompleted.ShouldBeFalse();
        Should.Throw<ObjectDisposedException>(() => groups.AddAsync(3, 1, 1));
        gate.Open();
        await closing;

        await Task.WhenAll(first, second);
        _groups.Count.ShouldBe(2);
        await groups.CloseAsync();
    }

    private WorkGroups<int> Recording(Gate gate) => new(
        async group =>
        {
            _groups.Add(TakeAll(group));
            await gate.PassAsync(CancellationToken.None);
        },
        10,
        10);

    private static List<int> TakeAll(WorkGroup<int> group)
    {
        var all = new List<int>();
        while (group.TryTake(out var work))
        {
            all.Add(work);
        }

        return all;
    }
}
