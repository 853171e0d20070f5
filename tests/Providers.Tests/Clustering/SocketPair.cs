using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Armature.Clustering;

/// <summary>A TCP connection over loopback, with both of its ends.</summary>
internal sealed class SocketPair : IAsyncDisposable
{
    private readonly NetworkStream _acceptorStream;

    private SocketPair(NetworkStream acceptor, NetworkStream connector)
    {
        _acceptorStream = acceptor;
        ConnectorStream = connector;
        Acceptor = Context(acceptor);
        Connector = Context(connector);
    }

    public ConnectionContext Acceptor { get; }

    public ConnectionContext Connector { get; }

    /// <summary>The connecting end, for one who does not speak the protocol.</summary>
    public NetworkStream ConnectorStream { get; }

    /// <summary>The accepting end, for one who does not speak the protocol.</summary>
    public NetworkStream AcceptorStream => _acceptorStream;

    public static async Task<SocketPair> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connector = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await connector.ConnectAsync(listener.LocalEndpoint);
        return new SocketPair(
            new NetworkStream(await listener.AcceptSocketAsync(), ownsSocket: true),
            new NetworkStream(connector, ownsSocket: true));
    }

    public async ValueTask DisposeAsync()
    {
        await _acceptorStream.DisposeAsync();
        await ConnectorStream.DisposeAsync();
    }

    private static DefaultConnectionContext Context(NetworkStream stream) => new()
    {
        Transport = new StreamPipe(stream),
        RemoteEndPoint = stream.Socket.RemoteEndPoint,
    };

    private sealed class StreamPipe(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream);

        public PipeWriter Output { get; } = PipeWriter.Create(stream);
    }
}
