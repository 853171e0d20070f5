using System.Net;
using Orleans.Configuration;

namespace Armature.Hosting;

/// <summary>Where a silo listens in the end: Orleans takes the advertised address where no other is set.</summary>
internal static class ListeningEndpoints
{
    public static IPEndPoint? ListeningSilo(this EndpointOptions endpoints) =>
        endpoints.SiloListeningEndpoint ?? Advertised(endpoints, endpoints.SiloPort);

    /// <summary>Null when the silo has no gateway.</summary>
    public static IPEndPoint? ListeningGateway(this EndpointOptions endpoints) =>
        endpoints.GatewayListeningEndpoint ?? (endpoints.GatewayPort == 0 ? null : Advertised(endpoints, endpoints.GatewayPort));

    private static IPEndPoint? Advertised(EndpointOptions endpoints, int port) =>
        endpoints.AdvertisedIPAddress is { } address ? new IPEndPoint(address, port) : null;
}
