using Armature.Hosting;
using Armature.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace Armature.Images;

/// <summary>One warm worker for each set of options that tests ask for: starting one takes longer than most tests do.</summary>
public sealed class SharedWorkers : IAsyncDisposable
{
    private static readonly ServiceProvider Serialization = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private readonly Dictionary<(string? FontFile, long MaxPixels), StartedOnFirstUse> _processors = [];

    /// <summary>A processor with one worker, shared by all who ask for the same options.</summary>
    public IImageProcessor For(ImagesOptions options)
    {
        var key = (options.FontFile, options.MaxPixels);
        if (!_processors.TryGetValue(key, out var processor))
        {
            var all = new ArmatureOptions { CpuThreads = 1 };
            all.Images.FontFile = options.FontFile;
            all.Images.MaxPixels = options.MaxPixels;
            processor = new StartedOnFirstUse(New(all));
            _processors.Add(key, processor);
        }

        return processor;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var processor in _processors.Values)
        {
            await processor.DisposeAsync();
        }
    }

    internal static ProcessImageProcessor New(ArmatureOptions options) => new(
        Options.Create(options), Serialization.GetRequiredService<Serializer>(), TimeProvider.System, NullLogger<ProcessPool>.Instance);

    private sealed class StartedOnFirstUse(ProcessImageProcessor processor) : IImageProcessor, IAsyncDisposable
    {
        private readonly Lazy<Task> _started = new(() => processor.StartAsync(CancellationToken.None));

        public async Task<ImageResult> ProcessAsync(ReadOnlyMemory<byte> source, ImagePlan plan, CancellationToken cancellationToken)
        {
            await _started.Value;
            return await processor.ProcessAsync(source, plan, cancellationToken);
        }

        public ValueTask DisposeAsync() => processor.DisposeAsync();
    }
}
