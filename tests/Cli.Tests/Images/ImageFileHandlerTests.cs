using Armature.Batching;
using Armature.Hosting;
using Armature.Testing;
using Armature.Testing.Images;
using Microsoft.Extensions.Options;

namespace Armature.Images;

public sealed class ImageFileHandlerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(ImageErrorCodes.DecoderDied, 1, true)]
    [InlineData(ImageErrorCodes.DecoderDied, 2, false)]
    [InlineData(ImageErrorCodes.DecodeTimeout, 1, false)]
    public async Task HandleAsync_DecoderFails_IsTriedAgainAsOnAnySilo(string code, int attempt, bool retryable)
    {
        File.WriteAllBytes(_folder.File("a.png"), MadePng.Gray(1, 8));
        var file = new ImageFile { Path = _folder.File("a.png"), Outputs = [_folder.File("out.png")] };

        var failed = await Should.ThrowAsync<BatchItemException>(
            async () => await Handler(code).HandleAsync(file, new BatchItemContext("batch", 0, attempt), default));

        failed.Code.ShouldBe(code);
        failed.IsRetryable.ShouldBe(retryable);
    }

    [Fact]
    public async Task HandleAsync_OutputsWritten_AreNotedAsFinished()
    {
        File.WriteAllBytes(_folder.File("a.png"), MadePng.Gray(1, 8));
        var file = new ImageFile { Path = _folder.File("a.png"), Outputs = [_folder.File("out.png")] };
        var files = new FilesInWork();

        var result = await Handler(new EchoImageProcessor(), files).HandleAsync(file, new BatchItemContext("batch", 7, 1), default);

        files.Finished.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(7, result.Source));
    }

    [Fact]
    public async Task HandleAsync_OutputThatCannotBeWritten_IsNotFinished()
    {
        File.WriteAllBytes(_folder.File("a.png"), MadePng.Gray(1, 8));
        var file = new ImageFile { Path = _folder.File("a.png"), Outputs = [Path.Combine(_folder.File("a.png"), "out.png")] };
        var files = new FilesInWork();

        await Should.ThrowAsync<BatchItemException>(async () => await Handler(new EchoImageProcessor(), files).HandleAsync(file, new BatchItemContext("batch", 7, 1), default));

        files.Finished.ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private static ImageFileHandler Handler(string code) => Handler(new FailingImageProcessor(code), new FilesInWork());

    private static ImageFileHandler Handler(IImageProcessor processor, FilesInWork files)
    {
        var options = Options.Create(new ArmatureOptions());
        var plan = new ImageFilePlan(ImagePlan.Create().Variant("thumb", variant => variant.Resize(10, 10)));
        return new ImageFileHandler(new ImageGuard(options), processor, plan, files, options);
    }

    private sealed class FailingImageProcessor(string code) : IImageProcessor
    {
        public Task<ImageResult> ProcessAsync(ReadOnlyMemory<byte> source, ImagePlan plan, CancellationToken cancellationToken) =>
            throw new ImageException(code, "The decoder failed.");
    }

    private sealed class EchoImageProcessor : IImageProcessor
    {
        public Task<ImageResult> ProcessAsync(ReadOnlyMemory<byte> source, ImagePlan plan, CancellationToken cancellationToken) =>
            Task.FromResult(new ImageResult([new ImageOutput("thumb", ImageFormat.Png, 1, 8, 1, source.ToArray())]));
    }
}
