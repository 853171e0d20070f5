using System.Collections.Concurrent;

namespace Armature.Images;

/// <summary>A processor that notes what it is given and answers with the source's bytes, when its gate is open.</summary>
internal sealed class RecordingImageProcessor : IImageProcessor
{
    private volatile TaskCompletionSource? _gate;
    private int _waiting;

    public ConcurrentQueue<(byte[] Source, ImagePlan Plan)> Calls { get; } = [];

    public Func<int, ImageException?> Fails { get; set; } = _ => null;

    public int Waiting => Volatile.Read(ref _waiting);

    public void Close() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _gate?.TrySetResult();

    public async Task<ImageResult> ProcessAsync(ReadOnlyMemory<byte> source, ImagePlan plan, CancellationToken cancellationToken)
    {
        Calls.Enqueue((source.ToArray(), plan));
        var call = Calls.Count;
        if (_gate is { } gate)
        {
            Interlocked.Increment(ref _waiting);
            await gate.Task.WaitAsync(cancellationToken);
        }

        return Fails(call) is { } failure
            ? throw failure
            : new([.. plan.Variants.Select(v => new ImageOutput(v.Name, ImageFormat.Png, 1, 1, 1, source.ToArray()))]);
    }
}
