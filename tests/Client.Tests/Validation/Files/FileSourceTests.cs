namespace Armature.Validation.Files;

public sealed class FileSourceTests
{
    [Fact]
    public async Task FromPath_Folder_SaysThatItIsOne()
    {
        var folder = Path.GetTempPath();

        (await Should.ThrowAsync<IOException>(() => FileSource.FromPath(folder).OpenAsync(CancellationToken.None))).Message.ShouldBe($"'{folder}' is a folder. Give a file.");
    }

    [Fact]
    public Task FromPath_NoSuchFile_SaysSo() =>
        Should.ThrowAsync<FileNotFoundException>(() => FileSource.FromPath(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))).OpenAsync(CancellationToken.None));
}
