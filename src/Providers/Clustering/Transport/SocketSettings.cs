using System.Net.Sockets;
using Orleans.Networking.Shared;

namespace Armature.Clustering.Transport;

/// <summary>What is the same for all connections.</summary>
internal static class SocketSettings
{
    public static Socket Apply(this SocketConnectionOptions options, Socket socket)
    {
        socket.NoDelay = options.NoDelay;
        socket.LingerState = new(enable: true, seconds: 0);
        if (options.KeepAlive)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, options.KeepAliveTimeSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, options.KeepAliveIntervalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, options.KeepAliveRetryCount);
        }

        return socket;
    }
}
