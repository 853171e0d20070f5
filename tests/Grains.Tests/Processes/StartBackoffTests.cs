namespace Armature.Processes;

public sealed class StartBackoffTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(9, 25_600)]
    [InlineData(10, 30_000)]
    [InlineData(int.MaxValue, 30_000)]
    public void After_Failures_DoublesUpToABound(int failures, int milliseconds) =>
        StartBackoff.After(failures).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
}
