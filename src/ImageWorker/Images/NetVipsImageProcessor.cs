using System.Collections.Immutable;

namespace Armature.Images;

/// <summary>
/// Processes images with libvips, in this process. For images that cannot be trusted it runs inside a child process:
/// libvips ends the process when it cannot allocate, and several of its decoders cannot be stopped.
/// </summary>
public sealed class NetVipsImageProcessor : IImageProcessor
{
    private readonly NetVipsOptions _options;
    private readonly Lazy<FontFile> _font;

    /// <summary>Sets libvips up for this process: no operation cache, one thread an image, only the loaders of the known formats.</summary>
    public NetVipsImageProcessor(NetVipsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _font = new(FindFont, LazyThreadSafetyMode.PublicationOnly);
        VipsLibrary.EnsureReady();
    }

    /// <inheritdoc/>
    /// <remarks>Computes on a thread of its own, since libvips blocks: as many images run at a time as calls are made.</remarks>
    public Task<ImageResult> ProcessAsync(ReadOnlyMemory<byte> source, ImagePlan plan, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () => Process(source, plan, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Does the same on the caller's thread.</summary>
    /// <inheritdoc cref="ProcessAsync" path="/exception"/>
    public ImageResult Process(ReadOnlyMemory<byte> source, ImagePlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        cancellationToken.ThrowIfCancellationRequested();
        plan.Validate();
        if (plan.Presets.Length > 0)
        {
            throw new ImageException(ImageErrorCodes.PresetUnknown, $"The preset {plan.Presets[0]} was not expanded; presets are options of the silo.");
        }

        using var scope = new VipsScope(cancellationToken);
        var image = SourceImage.Open(source, plan.Orientation, scope);
        CheckBudget(image, plan);
        return new(ImmutableArray.Create(new VariantMaker(image, new WatermarkOverlay(_font, scope), scope).Make(plan.Variants)));
    }

    private void CheckBudget(SourceImage image, ImagePlan plan)
    {
        CheckPixels("The image", (long)image.Width * image.Height, image.Frames);
        foreach (var variant in plan.Variants)
        {
            CheckPixels($"Variant {variant.Name}", ImageLayout.For(variant, image.Width, image.Height).Pixels, image.OutputFrames(variant));
        }
    }

    private void CheckPixels(string subject, long pixels, int frames)
    {
        // Divided rather than multiplied: the pixels of an enlarged strip times frames can exceed what a long holds.
        if (pixels > _options.MaxPixels / frames)
        {
            throw new ImageException(
                ImageErrorCodes.ImageTooLarge,
                $"{subject} has {pixels:N0} pixels in {frames} frames; at most {_options.MaxPixels:N0} are processed. Make it smaller.");
        }
    }

    private FontFile FindFont() => FontFile.Open(
        _options.FontFile ?? SystemFonts.Find(_options.FontDirectories) ?? throw new ImageException(
            ImageErrorCodes.FontMissing,
            $"There is no font for the watermark's text: {string.Join(", ", _options.FontDirectories)} have none. "
            + "Install one (Debian: fonts-dejavu-core) or set Images.FontFile to a TrueType or OpenType file."));
}
