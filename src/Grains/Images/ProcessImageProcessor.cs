using Armature.Hosting;
using Armature.Processes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace Armature.Images;

/// <summary>
/// Processes images in warm child processes, one per CPU thread. What a picture does to its decoder, a crash, an endless loop,
/// all memory, it does to a child: the picture fails with a code, and another child takes the place.
/// </summary>
public sealed class ProcessImageProcessor : IImageProcessor, IAsyncDisposable
{
    private readonly ImagesOptions _options;
    private readonly ImageRequestFormat _format;
    private readonly ProcessPool _pool;

    /// <summary>Creates the processor. It has no processes before <see cref="StartAsync"/>.</summary>
    /// <exception cref="ProcessStartException">There is no worker program where the options say.</exception>
    public ProcessImageProcessor(IOptions<ArmatureOptions> options, Serializer serializer, TimeProvider time, ILogger<ProcessPool> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value.Images;
        _format = new ImageRequestFormat(serializer);
        _pool = new ProcessPool("images", ImageWorkerProgram.Command(_options), PoolOptions(options.Value), time, logger);
    }

    /// <summary>The process ids of the workers that are ready.</summary>
    public IReadOnlyList<int> ProcessIds => _pool.ProcessIds;

    /// <summary>Starts the workers and waits until they are warm.</summary>
    /// <exception cref="ProcessStartException">One could not be started.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => _pool.StartAsync(cancellationToken);

    /// <summary>Lets running pictures end within a budget, and ends the workers.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _pool.StopAsync(cancellationToken);

    /// <inheritdoc/>
    /// <remarks>A cancelled picture is given up at the decoder's next step, and within a second in any case.</remarks>
    /// <exception cref="ProcessUnavailableException">Too many pictures wait, no worker can be started, or the processor does not run.</exception>
    public async Task<ImageResult> ProcessAsync(ReadOnlyMemory<byte> source, ImagePlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        try
        {
            using var answer = await _pool.SendAsync(_format.WriteRequest(source, plan), cancellationToken);
            return _format.ReadResult(answer.Payload);
        }
        catch (ProcessRequestException failure)
        {
            throw ImageProcessFailures.From(failure, _options);
        }
        catch (ProcessDiedException death)
        {
            throw ImageProcessFailures.From(death, _options);
        }
    }

    /// <summary>Kills the workers that are left.</summary>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private static ProcessPoolOptions PoolOptions(ArmatureOptions options) => new()
    {
        Size = options.CpuThreads,
        MemoryLimitBytes = options.Images.MemoryLimitBytes,
        RecycleAboveBytes = options.Images.MemoryLimitBytes / 2,
        RequestTimeout = options.Images.TimeLimit,
        CancelledRequest = CancelledRequestPolicy.Drain,

        // A source, and a plan with its watermarks; an output is bounded by its pixels.
        MaxFrameBytes = Math.Max(256 << 20, options.Images.MaxSourceBytes / 2 * 3),
    };
}
