namespace Armature.Batching;

public sealed class BatchNotesTests
{
    private static readonly BatchStatus Before = Status(suspected: 1, retried: 2, reissued: 3);

    [Theory]
    [InlineData(BatchEventKind.SiloJoined, "silo 127.0.0.1:11111 joined")]
    [InlineData(BatchEventKind.SiloLeft, "silo 127.0.0.1:11111 left")]
    [InlineData(BatchEventKind.Resumed, "goes on with another coordinator")]
    public void Of_MembershipChanged_SaysSo(BatchEventKind kind, string note) =>
        BatchNotes.Of(Before, Event(kind, Before)).ShouldBe([note]);

    [Fact]
    public void Of_CountsHaveRisen_SaysByHowMuch() =>
        BatchNotes.Of(Before, Event(BatchEventKind.Progress, Status(suspected: 1_501, retried: 3, reissued: 5))).ShouldBe([
            "items that run again, each alone, because a silo died with them: 1,500",
            "items that failed and run again: 1",
            "late items that were started on an idle silo too: 2",
        ]);

    [Fact]
    public void Of_PlainProgress_SaysNothing() =>
        BatchNotes.Of(Before, Event(BatchEventKind.Progress, Before)).ShouldBeEmpty();

    [Fact]
    public void Of_NewCoordinatorCountsFromZero_SaysOnlyThatItGoesOn() =>
        BatchNotes.Of(Before, Event(BatchEventKind.Resumed, Status(0, 0, 0))).ShouldBe(["goes on with another coordinator"]);

    [Fact]
    public void Of_BatchWaits_SaysWhyOnce()
    {
        var waiting = Before with { Waiting = "No silo has a batch handler 'handler'." };

        BatchNotes.Of(Before, Event(BatchEventKind.Progress, waiting)).ShouldBe(["waits: No silo has a batch handler 'handler'."]);
        BatchNotes.Of(waiting, Event(BatchEventKind.Progress, waiting)).ShouldBeEmpty();
    }

    private static BatchEvent Event(BatchEventKind kind, BatchStatus status) => new()
    {
        Sequence = 0,
        At = DateTimeOffset.UnixEpoch,
        Kind = kind,
        Status = status,
        Silo = "S127.0.0.1:11111:7",
    };

    private static BatchStatus Status(int suspected, int retried, int reissued) => new()
    {
        Id = "batch",
        Handler = "handler",
        State = BatchState.Running,
        Total = 10,
        IsSealed = true,
        Succeeded = 0,
        Failed = 0,
        SubmittedAt = DateTimeOffset.UnixEpoch,
        Suspected = suspected,
        Retried = retried,
        Reissued = reissued,
    };
}
