using Armature.Hosting;
using Armature.Testing;
using Armature.Testing.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Storage;

public sealed class GroupCommitTests
{
    private const string Partition = "p";

    private readonly FakeTimeProvider _time = new();
    private readonly StorageOptions _options = new();
    private readonly InMemoryRecordStore _kept = new();
    private readonly FaultyRecordStore _store;

    public GroupCommitTests() => _store = new(_kept);

    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task AddAsync_WhileACommitIsUnderWay_AllGoIntoTheNextInOrder()
    {
        var gate = _store.CommitGate = new();
        var group = await OpenAsync();
        var first = group.AddAsync([Put("a", 0)], Never);
        await gate.WaitForEnteredAsync(1);

        var others = Enumerable.Range(1, 20).Select(i => group.AddAsync([Put("a", (byte)i), Put($"k{i}", (byte)i)], Never)).ToList();
        gate.Open();
        await Task.WhenAll([first, .. others]);

        _store.Commits.Select(commit => commit.Count).ShouldBe([1, 40]);
        (await ReadAsync("a")).ShouldBe((byte)20);
    }

    [Fact]
    public async Task AddAsync_MoreThanOneCommitTakes_IsSplitBetweenCallersAndNotWithinThem()
    {
        var gate = _store.CommitGate = new();
        var group = await OpenAsync();
        var first = group.AddAsync([Put("a", 0)], Never);
        await gate.WaitForEnteredAsync(1);

        var byCount = Enumerable.Range(0, 5).Select(c => group.AddAsync([.. Enumerable.Range(0, 400).Select(i => Put($"{c}/{i}", 0))], Never)).ToList();
        var byBytes = Enumerable.Range(0, 3).Select(c => group.AddAsync([.. Enumerable.Range(0, 3).Select(i => RecordChange.Put($"{c}/b{i}", new byte[1 << 20]))], Never)).ToList();
        gate.Open();
        await Task.WhenAll([first, .. byCount, .. byBytes]);

        _store.Commits.Select(commit => commit.Count).ShouldBe([1, 800, 800, 403, 3, 3]);
        _store.Commits.ShouldAllBe(commit => commit.Sum(change => change.Bytes) <= RecordLimits.MaxCommitBytes);
    }

    [Fact]
    public async Task AddAsync_PassingFailures_AreRepeatedAndNothingOvertakes()
    {
        var faults = new Queue<RecordFault>([RecordFault.FailsBefore, RecordFault.FailsAfter, RecordFault.Hangs]);
        _store.Fault = _ => faults.TryDequeue(out var fault) ? fault : RecordFault.None;
        var group = await OpenAsync();

        var first = group.AddAsync([Put("a", 1)], Never);
        var second = group.AddAsync([Put("a", 2)], Never);
        await AdvanceUntilEndedAsync(Task.WhenAll(first, second));

        await first;
        await second;
        _store.Commits.Count.ShouldBeGreaterThanOrEqualTo(4);
        (await ReadAsync("a")).ShouldBe((byte)2);
        group.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task AddAsync_StoreThatStaysAway_FailsAllAndTakesNoMore()
    {
        var group = await OpenAsync();
        _store.Fault = _ => RecordFault.FailsBefore;

        var first = group.AddAsync([Put("a", 1)], Never);
        await Eventually.BecomesTrueAsync(() => !_store.Commits.IsEmpty, "the first commit is under way");
        var second = group.AddAsync([Put("a", 2)], Never);
        await AdvanceUntilEndedAsync(Task.WhenAll(first, second));
        _store.Fault = _ => RecordFault.None;

        (await Should.ThrowAsync<RecordStoreException>(first)).Message.ShouldContain("a fault of the test");
        (await Should.ThrowAsync<RecordStoreException>(second)).Message.ShouldContain("nothing may overtake it. Open the partition again");
        await Should.ThrowAsync<RecordStoreException>(() => group.AddAsync([Put("a", 3)], Never));
        (await ReadAsync("a")).ShouldBeNull();
        group.Failure.ShouldBeOfType<RecordStoreException>();
    }

    [Fact]
    public async Task AddAsync_AnotherOwnerHasCome_FencesAllWhoWereInTheCommit()
    {
        var gate = _store.CommitGate = new();
        var group = await OpenAsync();
        var first = group.AddAsync([Put("a", 1)], Never);
        await gate.WaitForEnteredAsync(1);
        var others = Enumerable.Range(0, 5).Select(i => group.AddAsync([Put("b", (byte)i)], Never)).ToList();

        await _kept.OpenAsync(Partition, Never);
        gate.Open();

        await Should.ThrowAsync<FencedException>(first);
        foreach (var other in others)
        {
            await Should.ThrowAsync<FencedException>(other);
        }

        await Should.ThrowAsync<FencedException>(() => group.AddAsync([Put("c", 1)], Never));
        _store.Commits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AddAsync_OverALimit_FailsThatCallerAlone()
    {
        var group = await OpenAsync();

        await Should.ThrowAsync<RecordLimitException>(() => group.AddAsync([RecordChange.Put("a", new byte[RecordLimits.MaxValueBytes + 1])], Never));
        await Should.ThrowAsync<ArgumentException>(() => group.AddAsync([Put("not allowed", 1)], Never));
        await group.AddAsync([Put("a", 1)], Never);

        (await ReadAsync("a")).ShouldBe((byte)1);
    }

    [Fact]
    public async Task AddAsync_MoreBytesThanMayWait_AreRefused()
    {
        _options.MaxPendingRecordBytes = RecordLimits.MaxCommitBytes;
        var gate = _store.CommitGate = new();
        var group = await OpenAsync();
        var changes = Enumerable.Range(0, 3).Select(i => RecordChange.Put($"{i}", new byte[1 << 20])).ToArray();
        var first = group.AddAsync(changes, Never);

        (await Should.ThrowAsync<RecordStoreException>(() => group.AddAsync(changes, Never))).Message.ShouldContain("Armature:Storage:MaxPendingRecordBytes allows");
        gate.Open();
        await first;

        await group.AddAsync(changes, Never);
    }

    [Fact]
    public async Task AddAsync_Cancelled_EndsTheWaitAndCommitsAllTheSame()
    {
        var gate = _store.CommitGate = new();
        var group = await OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var cancelled = group.AddAsync([Put("a", 1)], cancellation.Token);
        await gate.WaitForEnteredAsync(1);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        gate.Open();
        await group.AddAsync([Put("b", 1)], Never);

        (await ReadAsync("a")).ShouldBe((byte)1);
    }

    private static RecordChange Put(string key, byte value) => RecordChange.Put(key, new[] { value });

    private async Task<GroupCommit> OpenAsync() =>
        new(_store, Partition, await _kept.OpenAsync(Partition, Never), _options, _time);

    private async Task<byte?> ReadAsync(string key) => (await _kept.ReadManyAsync(Partition, [key], Never))[0]?.Span[0];

    private Task AdvanceUntilEndedAsync(Task task) => Eventually.BecomesTrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return task.IsCompleted;
        },
        "the commits have ended");
}
