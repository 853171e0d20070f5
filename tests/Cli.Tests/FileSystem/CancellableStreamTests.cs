using System.IO.Pipelines;

namespace Armature.FileSystem;

public sealed class CancellableStreamTests
{
    [Fact]
    public async Task ReadAsync_CancelledWhileNobodyWrites_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        await using var stream = new CancellableStream(new DeafStream(new Pipe().Reader.AsStream()));
        var reading = stream.ReadAsync(new byte[10], cancellation.Token).AsTask();
        reading.IsCompleted.ShouldBeFalse();

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task ReadAsync_BytesThatAreThere_AreRead()
    {
        var bytes = new byte[10];
        await using var stream = new CancellableStream(new MemoryStream([1, 2, 3]));

        (await stream.ReadAsync(bytes, TestContext.Current.CancellationToken)).ShouldBe(3);

        bytes[..3].ShouldBe([1, 2, 3]);
    }

    // As the console's stream: a read that has begun does not end before there is something.
    private sealed class DeafStream(Stream inner) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, CancellationToken.None);
    }
}
