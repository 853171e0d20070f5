using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Armature.Clustering.Transport;

/// <summary>
/// A TCP connection between silos, or of a client with a silo. What arrives is received in large blocks, and read by the thread that
/// received it.
/// </summary>
internal sealed class SocketTransport : DefaultConnectionContext
{
    /// <summary>Bytes that are received at once: so many that a message of megabytes takes few calls, and no block is a large object.</summary>
    private const int BlockBytes = 64 << 10;

    private const int LeastRoom = BlockBytes / 4;

    private readonly Socket _socket;
    private readonly Pipe _received = new(NewOptions(PipeScheduler.Inline));

    // By another thread than that which writes: what is written meanwhile goes with one call to the system.
    private readonly Pipe _sent = new(NewOptions(PipeScheduler.ThreadPool));
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _receiving;
    private readonly Task _sending;
    private int _isClosed;

    public SocketTransport(Socket socket)
        : base(Guid.NewGuid().ToString("N"))
    {
        _socket = socket;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        ConnectionClosed = _closed.Token;
        Transport = new Duplex(_received.Reader, new MessageWriter(_sent.Writer));
        _receiving = ReceiveAllAsync();
        _sending = SendAllAsync();
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        Close();
        _sent.Reader.CancelPendingRead();
    }

    public override async ValueTask DisposeAsync()
    {
        await _received.Reader.CompleteAsync().ConfigureAwait(false);
        await _sent.Writer.CompleteAsync().ConfigureAwait(false);
        await Task.WhenAll(_receiving, _sending).ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private static PipeOptions NewOptions(PipeScheduler reader) => new(
        minimumSegmentSize: BlockBytes,
        pauseWriterThreshold: 0,
        resumeWriterThreshold: 0,
        readerScheduler: reader,
        writerScheduler: PipeScheduler.Inline,
        useSynchronizationContext: false);

    private async Task ReceiveAllAsync()
    {
        Exception? failure = null;
        try
        {
            await ReceiveUntilEndAsync(_received.Writer).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            failure = new ConnectionResetException(exception.Message, exception);
        }
        finally
        {
            await _received.Writer.CompleteAsync(failure).ConfigureAwait(false);
            ThreadPool.UnsafeQueueUserWorkItem(static closed => closed.Cancel(), _closed, preferLocal: false);
        }
    }

    private async Task ReceiveUntilEndAsync(PipeWriter received)
    {
        var isMore = false;
        while (true)
        {
            if (!isMore)
            {
                // A connection on which nothing comes holds no memory.
                await _socket.ReceiveAsync(Memory<byte>.Empty).ConfigureAwait(false);
            }

            var room = received.GetMemory(LeastRoom);
            var count = await _socket.ReceiveAsync(room).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            isMore = count == room.Length;
            received.Advance(count);
            var flush = await received.FlushAsync().ConfigureAwait(false);
            if (flush.IsCompleted || flush.IsCanceled)
            {
                return;
            }
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            await SendUntilEndAsync(_sent.Reader).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Who receives learns it too.
        }
        finally
        {
            Close();
            await _sent.Reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task SendUntilEndAsync(PipeReader sent)
    {
        while (true)
        {
            var read = await sent.ReadAsync().ConfigureAwait(false);
            if (read.IsCanceled)
            {
                return;
            }

            foreach (var part in read.Buffer)
            {
                await _socket.SendAsync(part).ConfigureAwait(false);
            }

            sent.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1)
        {
            return;
        }

        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The other side was first.
        }

        _socket.Dispose();
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
