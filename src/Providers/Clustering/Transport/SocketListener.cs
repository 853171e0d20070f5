using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Orleans.Networking.Shared;

namespace Armature.Clustering.Transport;

/// <summary>Takes connections on one port until it is unbound.</summary>
internal sealed class SocketListener(Socket socket, SocketConnectionOptions options) : IConnectionListener
{
    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                if (TryOpen(await socket.AcceptAsync(cancellationToken).ConfigureAwait(false)) is { } accepted)
                {
                    return accepted;
                }
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException)
            {
                // It went away before it was taken.
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        socket.Dispose();
        return default;
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }

    private SocketTransport? TryOpen(Socket accepted)
    {
        try
        {
            return new(options.Apply(accepted));
        }
        catch (SocketException)
        {
            // It went away meanwhile.
            accepted.Dispose();
            return null;
        }
    }
}
