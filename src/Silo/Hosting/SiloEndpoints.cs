using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Armature.Hosting;

/// <summary>Turns the options into the endpoints on which the silo listens and those it advertises.</summary>
internal sealed class SiloEndpoints(IOptions<ArmatureOptions> options) : IConfigureOptions<EndpointOptions>
{
    public void Configure(EndpointOptions endpoints)
    {
        var cluster = options.Value.Cluster;
        var listen = IPAddress.Parse(cluster.ListenAddress);
        var siloPort = FreePort.OrGiven(listen, cluster.SiloPort);
        var gatewayPort = FreePort.OrGiven(listen, cluster.GatewayPort);

        endpoints.SiloListeningEndpoint = new IPEndPoint(listen, siloPort);
        endpoints.GatewayListeningEndpoint = new IPEndPoint(listen, gatewayPort);
        endpoints.AdvertisedIPAddress = Advertised(cluster, listen);
        endpoints.SiloPort = cluster.AdvertisedSiloPort ?? siloPort;
        endpoints.GatewayPort = cluster.AdvertisedGatewayPort ?? gatewayPort;
    }

    private static IPAddress Advertised(ClusterOptions cluster, IPAddress listen)
    {
        if (!string.IsNullOrEmpty(cluster.AdvertisedAddress))
        {
            return IPAddress.Parse(cluster.AdvertisedAddress);
        }

        return listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any) ? OwnAddress(listen.AddressFamily) : listen;
    }

    private static IPAddress OwnAddress(AddressFamily family) =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == family && !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal)
        ?? (family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback);
}
