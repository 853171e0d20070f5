using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Orleans.Networking.Shared;

namespace Armature.Clustering.Transport;

public sealed class SocketTransportTests
{
    private const int ManyBytes = 5_000_000;
    private const int MoreThanSocketsHold = 100 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly IOptions<SocketConnectionOptions> Options = Microsoft.Extensions.Options.Options.Create(new SocketConnectionOptions());

    [Fact]
    public async Task Write_MoreThanManyBlocks_ArrivesAsItWasBothWays()
    {
        var (one, other) = await ConnectAsync();
        await using var disposed = one;
        await using var otherDisposed = other;
        var bytes = new byte[ManyBytes];
        new Random(7).NextBytes(bytes);

        var writing = Task.WhenAll(WriteAsync(one.Transport.Output, bytes), WriteAsync(other.Transport.Output, bytes));
        var read = await Task.WhenAll(ReadAsync(other.Transport.Input, ManyBytes), ReadAsync(one.Transport.Input, ManyBytes)).WaitAsync(Patience);

        await writing;
        read[0].ShouldBe(bytes);
        read[1].ShouldBe(bytes);
    }

    [Fact]
    public async Task Read_TheOtherSideIsDisposed_EndsAndIsClosed()
    {
        var (one, other) = await ConnectAsync();
        var closed = ClosedAsync(one);
        await WriteAsync(other.Transport.Output, new byte[10]);
        (await ReadAsync(one.Transport.Input, 10).WaitAsync(Patience)).Length.ShouldBe(10);

        await other.DisposeAsync();

        await EndsAsync(one.Transport.Input).WaitAsync(Patience);
        await closed.WaitAsync(Patience);
        await one.DisposeAsync().AsTask().WaitAsync(Patience);
    }

    [Fact]
    public async Task Abort_TheOtherSideReadsNothing_EndsReadsAndWrites()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var one = await new SocketConnector(Options).ConnectAsync(listener.LocalEndpoint);
        using var other = await listener.AcceptSocketAsync();
        var closed = ClosedAsync(one);
        await WriteAsync(one.Transport.Output, new byte[MoreThanSocketsHold]);
        (await other.ReceiveAsync(new byte[1]).WaitAsync(Patience)).ShouldBe(1); // It is being sent.
        var reading = EndsAsync(one.Transport.Input);

        one.Abort();

        await reading.WaitAsync(Patience);
        await closed.WaitAsync(Patience);
        await one.DisposeAsync().AsTask().WaitAsync(Patience);
    }

    [Fact]
    public async Task Dispose_WhatWasWrittenIsOnItsWay_EndsWithoutAbort()
    {
        var (one, other) = await ConnectAsync();
        await WriteAsync(one.Transport.Output, new byte[10]);

        await one.DisposeAsync().AsTask().WaitAsync(Patience);

        await other.DisposeAsync().AsTask().WaitAsync(Patience);
    }

    [Fact]
    public async Task Bind_PortIsTaken_SaysSo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        await Should.ThrowAsync<AddressInUseException>(async () => await ListenAsync((IPEndPoint)other.LocalEndpoint));
    }

    [Fact]
    public async Task Unbind_SomebodyAccepts_AcceptEndsWithNothing()
    {
        var listener = await ListenAsync(new(IPAddress.Loopback, 0));
        var accepting = listener.AcceptAsync().AsTask();

        await listener.UnbindAsync();

        (await accepting.WaitAsync(Patience)).ShouldBeNull();
    }

    [Fact]
    public async Task Connect_NobodyListens_Fails()
    {
        var listener = await ListenAsync(new(IPAddress.Loopback, 0));
        await listener.DisposeAsync();

        await Should.ThrowAsync<SocketException>(async () => await new SocketConnector(Options).ConnectAsync(listener.EndPoint));
    }

    private static ValueTask<IConnectionListener> ListenAsync(IPEndPoint endpoint) => new SocketListenerFactory(Options).BindAsync(endpoint);

    private static async Task<(ConnectionContext One, ConnectionContext Other)> ConnectAsync()
    {
        await using var listener = await ListenAsync(new(IPAddress.Loopback, 0));
        var one = await new SocketConnector(Options).ConnectAsync(listener.EndPoint);
        return (one, (await listener.AcceptAsync())!);
    }

    private static async Task WriteAsync(PipeWriter output, byte[] bytes) => (await output.WriteAsync(bytes)).IsCompleted.ShouldBeFalse();

    private static async Task<byte[]> ReadAsync(PipeReader input, int count)
    {
        var read = await input.ReadAtLeastAsync(count);
        var bytes = read.Buffer.ToArray();
        input.AdvanceTo(read.Buffer.End);
        return bytes;
    }

    private static async Task EndsAsync(PipeReader input)
    {
        try
        {
            (await input.ReadAsync()).IsCompleted.ShouldBeTrue();
        }
        catch (ConnectionResetException)
        {
            // Ended too: not everything had been read.
        }
    }

    private static Task ClosedAsync(ConnectionContext connection)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionClosed.Register(closed.SetResult);
        return closed.Task;
    }
}
