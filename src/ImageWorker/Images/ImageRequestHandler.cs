using Armature.Processes;
using Microsoft.Extensions.DependencyInjection;
using NetVips;
using Orleans.Serialization;

namespace Armature.Images;

/// <summary>The requests of an image worker: one picture with its plan each.</summary>
internal sealed class ImageRequestHandler(NetVipsOptions options) : IChildRequestHandler, IDisposable
{
    // Every library says it in its own words. "Memory allocation error" is what libheif calls its own security limits.
    private static readonly string[] AllocationFailures = ["out of memory", "insufficient memory", "failed to allocate", "cannot allocate"];

    // Its own tiny container: the serializer is all of Orleans that a worker needs.
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private ImageRequestFormat? _format;
    private NetVipsImageProcessor? _processor;

    /// <summary>Takes one small picture all the way, which loads libvips and compiles what every request runs through.</summary>
    public void WarmUp()
    {
        _format = new ImageRequestFormat(_services.GetRequiredService<Serializer>());
        _processor = new NetVipsImageProcessor(options);
        using var black = Image.Black(64, 64, bands: 3);
        var plan = ImagePlan.Create().Variant("warm", static variant => variant.Resize(16, 16).Jpeg());
        var request = _format.WriteRequest(black.JpegsaveBuffer(), plan);
        Handle(request.SelectMany(static part => part.ToArray()).ToArray(), CancellationToken.None);
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> Handle(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        try
        {
            var (source, plan) = _format!.ReadRequest(payload);
            return _format.WriteResult(_processor!.Process(source, plan, cancellationToken));
        }
        catch (ImageException exception) when (exception.InnerException is VipsException cause && IsAllocationFailure(cause))
        {
            throw new ProcessRequestException(RequestFailure.OutOfMemory, exception.Message);
        }
        catch (ImageException exception)
        {
            throw new ProcessRequestException(exception.Code, exception.Message);
        }
    }

    private static bool IsAllocationFailure(VipsException exception) =>
        AllocationFailures.Any(text => exception.Message.Contains(text, StringComparison.OrdinalIgnoreCase));

    public void Dispose() => _services.Dispose();
}
