namespace Armature.Storage;

public sealed class SpooledStreamTests
{
    [Fact]
    public async Task ReadAsync_StreamReadOnce_CanBeReadAgainAndAgain()
    {
        await using var spooled = await SpooledStream.ReadAsync(new MemoryStream([1, 2, 3]), TestContext.Current.CancellationToken);
        var read = new byte[3];

        await spooled.ReadExactlyAsync(read, TestContext.Current.CancellationToken);
        spooled.Position = 0;
        await spooled.ReadExactlyAsync(read, TestContext.Current.CancellationToken);

        read.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task ReadAsync_OnUnix_LeavesNothingBehindWhenTheProcessIsKilled()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the system deletes the file of a process that ended.");

        await using var spooled = await SpooledStream.ReadAsync(new MemoryStream([1, 2, 3]), TestContext.Current.CancellationToken);

        File.Exists(((FileStream)spooled).Name).ShouldBeFalse();
    }
}
