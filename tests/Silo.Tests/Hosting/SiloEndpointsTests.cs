using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Armature.Hosting;

public sealed class SiloEndpointsTests
{
    [Fact]
    public void Configure_Defaults_ListenOnLoopback()
    {
        var endpoints = Configure(_ => { });

        endpoints.SiloListeningEndpoint.ShouldBe(new IPEndPoint(IPAddress.Loopback, 11_111));
        endpoints.GatewayListeningEndpoint.ShouldBe(new IPEndPoint(IPAddress.Loopback, 30_000));
        endpoints.AdvertisedIPAddress.ShouldBe(IPAddress.Loopback);
    }

    [Fact]
    public void Configure_AdvertisedAddressAndPorts_DifferFromThoseListenedOn()
    {
        var endpoints = Configure(cluster =>
        {
            cluster.ListenAddress = "0.0.0.0";
            cluster.Secret = "the secret of this cluster";
            cluster.AdvertisedAddress = "10.1.2.3";
            cluster.AdvertisedSiloPort = 5001;
            cluster.AdvertisedGatewayPort = 5002;
        });

        endpoints.SiloListeningEndpoint.ShouldBe(new IPEndPoint(IPAddress.Any, 11_111));
        endpoints.AdvertisedIPAddress.ShouldBe(IPAddress.Parse("10.1.2.3"));
        (endpoints.SiloPort, endpoints.GatewayPort).ShouldBe((5001, 5002));
    }

    [Fact]
    public void Configure_AnyAddress_AdvertisesOneThatOthersCanDial()
    {
        var endpoints = Configure(cluster =>
        {
            cluster.ListenAddress = "0.0.0.0";
            cluster.Secret = "the secret of this cluster";
        });

        endpoints.AdvertisedIPAddress.ShouldNotBe(IPAddress.Any);
    }

    [Fact]
    public void Configure_PortsOfZero_AreFreeOnes()
    {
        var endpoints = Configure(cluster => (cluster.SiloPort, cluster.GatewayPort) = (0, 0));

        endpoints.SiloPort.ShouldBeGreaterThan(0);
        endpoints.GatewayPort.ShouldBeGreaterThan(0);
        endpoints.GatewayPort.ShouldNotBe(endpoints.SiloPort);
        endpoints.SiloListeningEndpoint!.Port.ShouldBe(endpoints.SiloPort);
    }

    private static EndpointOptions Configure(Action<ClusterOptions> configure)
    {
        using var host = TestHost.Build(configure: options => configure(options.Cluster));
        return host.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
    }
}
