using System.Net;
using System.Net.Sockets;

namespace Armature.Hosting;

/// <summary>Asks the system for a port that nobody uses.</summary>
internal static class FreePort
{
    public static int OrGiven(IPAddress address, int port) => port != 0 ? port : Take(address);

    private static int Take(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
