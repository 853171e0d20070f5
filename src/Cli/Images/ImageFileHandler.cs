using Armature.Batching;
using Armature.FileSystem;
using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Images;

/// <summary>
/// Reads a file, makes its outputs and writes them. Only the silo inside a command has this handler: a silo that others can
/// reach takes no paths from anyone.
/// </summary>
internal sealed class ImageFileHandler(ImageGuard guard, IImageProcessor processor, ImageFilePlan plan, FilesInWork inWork, IOptions<ArmatureOptions> options)
    : IBatchHandler<ImageFile, ImageFileResult>
{
    /// <summary>The name that it is registered under.</summary>
    public const string Name = "images.files";

    public async ValueTask<ImageFileResult> HandleAsync(ImageFile item, BatchItemContext context, CancellationToken cancellationToken)
    {
        using var work = inWork.Begin();
        var (source, made) = await MakeAsync(item.Path, context, cancellationToken);
        if (await ImageFileWriter.TryWriteAsync(item.Outputs, made, cancellationToken) is { } error)
        {
            throw new BatchItemException(error.Code, error.Message);
        }

        inWork.Finish(context.Index, source);
        return new ImageFileResult { SourceLength = source.Length, SourceWrittenAt = source.WrittenAt };
    }

    private async Task<(FileStamp Source, ImageResult Made)> MakeAsync(string path, BatchItemContext context, CancellationToken cancellationToken)
    {
        try
        {
            var (stamp, bytes) = await ImageFileReader.ReadAsync(path, options.Value.Images.MaxSourceBytes, cancellationToken);
            return (stamp, await processor.ProcessAsync(guard.Admit(bytes, plan.Plan), plan.Plan, cancellationToken));
        }
        catch (ImageException e)
        {
            throw e.ToItemFailure(context);
        }
        catch (Exception e) when (ImageFileErrors.Of(e) is { } error)
        {
            throw new BatchItemException(error.Code, error.Message);
        }
    }
}
