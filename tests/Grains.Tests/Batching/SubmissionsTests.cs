namespace Armature.Batching;

/// <summary>The callers of one durable batch, before and after its coordinator's silo goes away.</summary>
public sealed class SubmissionsTests : DurableBench
{
    private static readonly BatchSpec First = Spec with { Durable = true, Submission = Guid.NewGuid() };
    private static readonly BatchSpec Second = First with { Submission = Guid.NewGuid() };

    [Fact]
    public async Task AbandonAsync_OneOfTwoWhoJoinedBeforeTheHandover_CancelsNothingUntilTheOtherIsGone()
    {
        await BeginWithTwoAsync();
        var other = await ResumeAsync(Kept, new FakeNodes(localPort: 2));

        await AbandonAsync(other, First);
        other.IsAbandoned.ShouldBeFalse();
        other.IsRunning.ShouldBeTrue();
        await AbandonAsync(other, Second);

        await EndAsync(other);
        other.IsAbandoned.ShouldBeTrue();
    }

    [Fact]
    public async Task AbandonAsync_TheOtherLeftBeforeTheHandover_GivesTheBatchUp()
    {
        var batch = await BeginWithTwoAsync();
        await AbandonAsync(batch, First);
        var other = await ResumeAsync(Kept, new FakeNodes(localPort: 2));

        await AbandonAsync(other, Second);

        await EndAsync(other);
        other.IsAbandoned.ShouldBeTrue();
    }

    [Fact]
    public async Task JoinAsync_AnotherNumberOfItems_HasNotJoined()
    {
        var batch = await BeginAsync(First);

        await Should.ThrowAsync<BatchConflictException>(On(() => batch.Submissions.JoinAsync(Second, () => batch.AppendAsync(Items(5), 5))));

        await AbandonAsync(batch, First);
        await EndAsync(batch);
        batch.IsAbandoned.ShouldBeTrue();
    }

    private async Task<BatchRun> BeginWithTwoAsync()
    {
        var batch = await BeginAsync(First);
        await On(() => batch.Submissions.JoinAsync(Second, () => batch.AppendAsync(Items(3), 3)));
        return batch;
    }

    private async Task<BatchRun> BeginAsync(BatchSpec spec)
    {
        var batch = await RunAsync(await On(() => ArchiveOn(Kept).BeginAsync(Id, spec, SurroundingsOf(new FakeNodes()))));
        await On(() => batch.AppendAsync(Items(3), 3));
        return batch;
    }

    private Task AbandonAsync(BatchRun batch, BatchSpec caller) => Scheduler.StartNew(() => batch.AbandonAsync(caller.Submission)).Unwrap();
}
