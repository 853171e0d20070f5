using System.Net;
using System.Net.Sockets;

namespace Armature.Testing;

/// <summary>
/// Ports that nobody listens on. They lie below the range from which systems take the ports of outgoing connections, so that
/// none of those takes one before its server listens.
/// </summary>
public static class FreePort
{
    private const int First = 12_000;
    private const int Count = 18_000;

    private static int _taken = Random.Shared.Next(Count);

    /// <summary>A port of the loopback address that was free a moment ago; never the same one twice in a row.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _taken) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
