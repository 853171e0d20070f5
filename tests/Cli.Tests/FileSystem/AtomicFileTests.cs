using Armature.Testing;

namespace Armature.FileSystem;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task WriteAsync_MissingFolder_IsMade()
    {
        await AtomicFile.WriteAsync(_folder.File("a/b/c.jpg"), new byte[] { 1, 2 }, TestContext.Current.CancellationToken);

        File.ReadAllBytes(_folder.File("a/b/c.jpg")).ShouldBe([1, 2]);
        Directory.GetFileSystemEntries(_folder.File("a/b")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task WriteAsync_Cancelled_LeavesWhatWasThere()
    {
        _folder.Write("c.jpg", "before");

        await Should.ThrowAsync<OperationCanceledException>(() => AtomicFile.WriteAsync(_folder.File("c.jpg"), new byte[] { 1 }, new CancellationToken(canceled: true)));

        File.ReadAllText(_folder.File("c.jpg")).ShouldBe("before");
        Directory.GetFileSystemEntries(_folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task WriteAsync_FolderOfThatName_FailsAndLeavesNothing()
    {
        Directory.CreateDirectory(_folder.File("c.jpg"));

        await Should.ThrowAsync<Exception>(() => AtomicFile.WriteAsync(_folder.File("c.jpg"), new byte[] { 1 }, TestContext.Current.CancellationToken));

        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder.File("c.jpg")]);
    }

    [Fact]
    public async Task WriteAsync_LinkOfThatName_IsReplacedAndItsTargetStays()
    {
        _folder.Write("input.jpg", "input");
        File.CreateSymbolicLink(_folder.File("c.jpg"), _folder.File("input.jpg"));

        await AtomicFile.WriteAsync(_folder.File("c.jpg"), "output"u8.ToArray(), TestContext.Current.CancellationToken);

        File.ReadAllText(_folder.File("input.jpg")).ShouldBe("input");
        File.ReadAllText(_folder.File("c.jpg")).ShouldBe("output");
    }

    public void Dispose() => _folder.Dispose();
}
