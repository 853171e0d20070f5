using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Armature.Hosting;

/// <summary>Tries the ports before Orleans does, to say which option to change.</summary>
internal sealed class PortCheck(IOptions<ArmatureOptions> options, IOptions<EndpointOptions> endpoints) : IStartupCheck
{
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        TryBind(endpoints.Value.ListeningSilo(), "Armature:Cluster:SiloPort (ARMATURE__CLUSTER__SILOPORT)");
        TryBind(endpoints.Value.ListeningGateway(), "Armature:Cluster:GatewayPort (ARMATURE__CLUSTER__GATEWAYPORT)");
        if (options.Value.Http.Port is { } port)
        {
            TryBind(new IPEndPoint(IPAddress.Parse(options.Value.Http.Address), port), "Armature:Http:Port (ARMATURE__HTTP__PORT)");
        }

        return Task.CompletedTask;
    }

    private static void TryBind(IPEndPoint? endpoint, string option)
    {
        if (endpoint is null)
        {
            return;
        }

        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen(1);
        }
        catch (SocketException error)
        {
            throw new PortInUseException(endpoint.ToString(), option, Describe(error), error);
        }
    }

    private static string Describe(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "the port is in use, probably by another silo on this machine. Stop that, or choose another port.",
        SocketError.AddressNotAvailable => "the address is not one of this machine. Choose one that is, or 0.0.0.0 with a cluster secret.",
        SocketError.AccessDenied => "this user may not listen there. Choose a port above 1023.",
        _ => $"{error.Message}.",
    };
}
