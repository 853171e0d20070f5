using Armature.FileSystem;
using Armature.Testing;

namespace Armature.Images;

public sealed class SentFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task ReadAsync_BatchEndsMeanwhile_ReadsNothingMore()
    {
        var files = Enumerable.Range(0, 5).Select(Plan).ToList();
        var sources = new SentFiles(files, ImagePlan.Create().Variant("small", variant => variant.Resize(10)), maxSourceBytes: 1_000);
        var read = 0;

        await foreach (var _ in sources.ReadAsync(() => read < 2, TestContext.Current.CancellationToken))
        {
            read++;
        }

        read.ShouldBe(2);
    }

    public void Dispose() => _folder.Dispose();

    private PlannedFile Plan(int number)
    {
        var name = $"{number}.jpg";
        _folder.Write($"in/{name}", "a picture");
        return new PlannedFile(new SourceFile(_folder.File("in", name), name), [name]);
    }
}
