using System.Net;
using Armature.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Hosting;

public sealed class HttpExposureTests
{
    private const string Secret = "the secret of this cluster";

    private static readonly Dictionary<string, Action<KestrelServerOptions>> Ways = new()
    {
        ["any"] = kestrel => kestrel.ListenAnyIP(Testing.FreePort.Next()),
        ["an address"] = kestrel => kestrel.Listen(IPAddress.Any, 0),
        ["an IPv6 address"] = kestrel => kestrel.Listen(IPAddress.IPv6Any, 0),
        ["an address mapped into IPv6"] = kestrel => kestrel.Listen(IPAddress.Parse("::ffff:0.0.0.0"), 0),
        ["later"] = kestrel => kestrel.Configure().AnyIPEndpoint(Testing.FreePort.Next()),
    };

    public static TheoryData<string> OpenWays => new(Ways.Keys);

    [Theory]
    [InlineData("urls", "http://0.0.0.0:5000", "urls (--urls, ASPNETCORE_URLS) is 'http://0.0.0.0:5000'")]
    [InlineData("urls", "http://localhost:5000;http://*:5001", "urls (--urls, ASPNETCORE_URLS) is 'http://*:5001'")]
    [InlineData("urls", "https://example.com", "urls (--urls, ASPNETCORE_URLS) is 'https://example.com'")]
    [InlineData("urls", "http://[::]:5000", "urls (--urls, ASPNETCORE_URLS) is 'http://[::]:5000'")]
    [InlineData("http_ports", "8080", "http_ports (ASPNETCORE_HTTP_PORTS) is '*:8080'")]
    [InlineData("https_ports", "8443", "https_ports (ASPNETCORE_HTTPS_PORTS) is '*:8443'")]
    [InlineData("Kestrel:Endpoints:Public:Url", "http://10.0.0.1:80", "Kestrel:Endpoints:Public:Url is 'http://10.0.0.1:80'")]
    public async Task Find_OpenAddressWithoutSecret_IsAViolation(string key, string value, string violation)
    {
        await using var app = Build(new() { [key] = value });

        Violations(app).ShouldHaveSingleItem().ShouldBe(
            $"{violation}, which other machines reach, but Armature:Cluster:Secret is not set. "
            + "Give all members and clients one secret of at least 16 characters, or listen on localhost.");
    }

    [Theory]
    [InlineData("urls", "http://localhost:5000;http://127.0.0.1:5001;http://[::1]:5002;http://unix:/run/armature.sock")]
    [InlineData("Kestrel:Endpoints:Local:Url", "http://localhost:5000")]
    public async Task Find_LocalAddressWithoutSecret_IsAllowed(string key, string value)
    {
        await using var app = Build(new() { [key] = value });

        Violations(app).ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_OpenAddressWithSecret_IsAllowed()
    {
        await using var app = Build(new() { ["urls"] = "http://*:5000", ["Armature:Cluster:Secret"] = Secret });

        Violations(app).ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_PortsThatArmaturesOwnPortOverrides_AreAllowed()
    {
        await using var app = Build(new() { ["http_ports"] = "8080", ["Armature:Http:Port"] = "5000" });

        Violations(app).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:5001")]
    [InlineData("http_ports", "8080")]
    public async Task Find_AddressesPreferredToArmaturesOwnPort_AreViolations(string key, string value)
    {
        await using var app = Build(new() { [key] = value, ["Armature:Http:Port"] = "5000", ["preferHostingUrls"] = "true" });

        Violations(app).ShouldHaveSingleItem().ShouldStartWith($"{key} (");
    }

    [Fact]
    public void Find_HostWithoutHttp_HasNoAddresses()
    {
        using var host = TestHost.Build(new Dictionary<string, string?> { ["urls"] = "http://*:5000" });

        Should.NotThrow(() => host.Options());
    }

    [Fact]
    public async Task StartAsync_CodeAddsAnOpenUrl_IsRefusedBeforeItIsBound() =>
        await IsRefusedAsync(app => app.Urls.Add("http://0.0.0.0:0"));

    [Theory]
    [MemberData(nameof(OpenWays))]
    public async Task StartAsync_CodeOpensKestrel_IsRefusedBeforeItIsBound(string way) =>
        await IsRefusedAsync(_ => { }, builder => builder.WebHost.ConfigureKestrel(Ways[way]));

    [Fact]
    public async Task StartAsync_CodeOpensKestrelWithSecret_Listens()
    {
        using var folder = new TemporaryFolder();
        await using var app = Build(
            new() { ["Armature:DataFolder"] = folder.Path, ["Armature:Cluster:Secret"] = Secret },
            builder => builder.WebHost.ConfigureKestrel(Ways["any"]));

        await app.StartAsync(TestContext.Current.CancellationToken);

        app.Urls.ShouldHaveSingleItem().ShouldNotContain("127.0.0.1");
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task StartAsync_TransportThatCodeAddedLater_IsRefusedOnceItListens() =>
        await IsRefusedAsync(_ => { }, builder => builder.WebHost.UseSockets().ConfigureKestrel(Ways["any"]));

    private static async Task IsRefusedAsync(Action<WebApplication> open, Action<WebApplicationBuilder>? openBuilder = null)
    {
        using var folder = new TemporaryFolder();
        await using var app = Build(new() { ["Armature:DataFolder"] = folder.Path }, openBuilder);
        open(app);

        var refused = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());

        refused.Failures.ShouldHaveSingleItem().ShouldStartWith("An address of Kestrel is '");
    }

    private static WebApplication Build(Dictionary<string, string?> configuration, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel();
        builder.Services.AddRouting();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Armature:Images:Enabled"] = "false",
            ["Armature:Cluster:SiloPort"] = "0",
            ["Armature:Cluster:GatewayPort"] = "0",
        });
        builder.Configuration.AddInMemoryCollection(configuration);
        builder.AddArmature();
        configure?.Invoke(builder);
        return builder.Build();
    }

    private static IEnumerable<string> Violations(WebApplication app)
    {
        try
        {
            _ = app.Services.GetRequiredService<IOptions<ArmatureOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
    }
}
