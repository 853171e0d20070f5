using Armature;
using Armature.Batching;
using Armature.Images;
using Armature.Storage;
using Armature.Testing;
using Armature.Testing.Images;

namespace Examples.Images;

/// <summary>The examples of docs/images.md.</summary>
[Collection(HostedExamples.Name)]
public sealed class ImageExample(ExampleHost host) : IDisposable
{
    private static readonly byte[] Logo = MadePng.Gray(100, 40);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task ProcessAsync_TwoVariantsOfEach_WritesThumbnailsAndNamesWhatFailed()
    {
        string[] paths = [Picture("a.png"), Picture("b.png"), _folder.File("notes.txt")];
        await File.WriteAllTextAsync(paths[2], "no picture at all");

        IReadOnlyList<string> failures = await MakeAsync(host.Client, paths, Logo, _folder.Path);

        File.Exists(_folder.File("0.jpg")).ShouldBeTrue();
        File.Exists(_folder.File("1.jpg")).ShouldBeTrue();
        failures.ShouldHaveSingleItem().ShouldStartWith($"{paths[2]}: unsupported_format: ");
    }

    [Fact]
    public async Task StreamAsync_PicturesAsTheyAreRead_GivesEachAsItIsDone()
    {
        string[] paths = [Picture("a.png"), Picture("b.png"), Picture("c.png")];
        var plan = ImagePlan.Create().Preset("thumb");

        var done = new List<int>();
        await foreach (BatchItem<ImageResult> image in host.Client.Images.StreamAsync(ReadAsync(paths), plan))
        {
            image.Value["thumb"].Format.ShouldBe(ImageFormat.Jpeg);
            done.Add(image.Index);
        }

        done.ShouldBe([0, 1, 2], ignoreOrder: true);
    }

    [Fact]
    public async Task ProcessAsync_PictureInTheBlobStore_IsReadThere()
    {
        var blobs = host.Services.GetRequiredService<IBlobStore>();
        await blobs.PutAsync("photos/a", MadePng.Gray(300, 200), CancellationToken.None);

        BatchResult<ImageResult> all = await host.Client.Images.ProcessAsync(
            [ImageSource.FromBlob("photos/a")], ImagePlan.Create().Variant("half", v => v.Resize(150)));

        all[0].Value["half"].Height.ShouldBe(100);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<IReadOnlyList<string>> MakeAsync(ArmatureClient client, string[] paths, byte[] logo, string folder)
    {
        ImageSource[] sources = [.. paths.Select(path => ImageSource.FromBytes(File.ReadAllBytes(path)))];

        BatchResult<ImageResult> all = await client.Images.ProcessAsync(sources, ImagePlan.Create()
            .Variant("thumb", v => v.Resize(200, 200, Fit.Cover).Jpeg(quality: 80))
            .Variant("large", v => v.Resize(1920).Watermark(logo, Gravity.SouthEast).WebP()));

        var failures = new List<string>();
        foreach (BatchItem<ImageResult> image in all)
        {
            if (image.IsSuccess)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, $"{image.Index}.jpg"), image.Value["thumb"].Bytes);
            }
            else
            {
                failures.Add($"{paths[image.Index]}: {image.Error.Code}: {image.Error.Message}");
            }
        }

        return failures;
    }

    private static async IAsyncEnumerable<ImageSource> ReadAsync(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            yield return ImageSource.FromBytes(await File.ReadAllBytesAsync(path));
        }
    }

    private string Picture(string name)
    {
        File.WriteAllBytes(_folder.File(name), MadePng.Gray(640, 480));
        return _folder.File(name);
    }
}
