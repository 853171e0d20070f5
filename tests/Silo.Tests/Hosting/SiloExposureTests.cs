using System.Net;
using Armature.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Armature.Hosting;

/// <summary>Code after <c>AddArmature</c> that opens the silo's ports.</summary>
public sealed class SiloExposureTests : IDisposable
{
    private static readonly IPAddress Open = IPAddress.Parse("192.0.2.1");

    private static readonly Dictionary<string, Action<IHostApplicationBuilder>> Ways = new()
    {
        ["any address"] = builder => builder.UseOrleans(silo => silo.ConfigureEndpoints(IPAddress.Loopback, 11_111, 30_000, listenOnAnyHostAddress: true)),
        ["ports alone"] = builder => builder.UseOrleans(silo => silo.ConfigureEndpoints(11_111, 30_000, listenOnAnyHostAddress: true)),
        ["configured"] = builder => builder.Services.Configure<EndpointOptions>(endpoints =>
            (endpoints.SiloListeningEndpoint, endpoints.GatewayListeningEndpoint) = (new IPEndPoint(Open, 1), new IPEndPoint(Open, 2))),
        ["configured at last"] = builder => builder.Services.PostConfigure<EndpointOptions>(endpoints =>
            (endpoints.SiloListeningEndpoint, endpoints.GatewayListeningEndpoint) = (new IPEndPoint(IPAddress.IPv6Any, 1), new IPEndPoint(Open, 2))),
        ["advertised, listening nowhere else"] = builder => builder.Services.PostConfigure<EndpointOptions>(endpoints =>
            (endpoints.AdvertisedIPAddress, endpoints.SiloListeningEndpoint, endpoints.GatewayListeningEndpoint) = (Open, null, null)),
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> OpenWays => new(Ways.Keys);

    [Theory]
    [MemberData(nameof(OpenWays))]
    public async Task StartAsync_CodeOpensTheSiloWithoutSecret_IsRefused(string way)
    {
        using var host = Build(Ways[way]);

        var refused = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        refused.Failures.Count().ShouldBe(2);
        refused.Failures.ShouldAllBe(failure => failure.Contains("which other machines reach, but Armature:Cluster:Secret is not set", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OpenWays))]
    public async Task CheckAsync_CodeOpensTheSiloWithSecret_IsAllowed(string way)
    {
        using var host = Build(Ways[way], ("Armature:Cluster:Secret", "the secret of this cluster"));

        await Should.NotThrowAsync(() => Check(host).CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task CheckAsync_OpenAddressIsAdvertisedAlone_IsAllowed()
    {
        using var host = Build(builder => builder.Services.PostConfigure<EndpointOptions>(endpoints => endpoints.AdvertisedIPAddress = Open));

        await Should.NotThrowAsync(() => Check(host).CheckAsync(CancellationToken.None));
    }

    public void Dispose() => _folder.Dispose();

    private static SiloExposure Check(IHost host) => host.Services.GetServices<IStartupCheck>().OfType<SiloExposure>().Single();

    private IHost Build(Action<IHostApplicationBuilder> open, params IEnumerable<(string Key, string Value)> configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            configuration.Append((Key: "Armature:DataFolder", Value: _folder.Path)).Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)));
        builder.AddArmature();
        open(builder);
        return builder.Build();
    }
}
