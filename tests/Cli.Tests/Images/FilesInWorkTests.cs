namespace Armature.Images;

public sealed class FilesInWorkTests
{
    private readonly FilesInWork _files = new();

    [Fact]
    public void WhenNoneAsync_Nothing_IsDone() => _files.WhenNoneAsync().IsCompleted.ShouldBeTrue();

    [Fact]
    public async Task WhenNoneAsync_TwoFiles_WaitsForBoth()
    {
        var one = _files.Begin();
        var other = _files.Begin();
        var none = _files.WhenNoneAsync();

        one.Dispose();
        one.Dispose();
        none.IsCompleted.ShouldBeFalse();
        other.Dispose();

        await none.WaitAsync(TestContext.Current.CancellationToken);
    }
}
