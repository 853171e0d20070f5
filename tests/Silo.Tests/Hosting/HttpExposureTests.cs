using Armature.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Hosting;

public sealed class HttpExposureTests
{
    private const string Secret = "the secret of this cluster";

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
    public async Task StartAsync_CodeListensToOtherMachinesWithoutSecret_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await using var app = Build(new() { ["Armature:DataFolder"] = folder.Path });
        app.Urls.Add("http://0.0.0.0:0");

        var refused = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());

        refused.Failures.ShouldHaveSingleItem().ShouldStartWith("An address of Kestrel is 'http://0.0.0.0:");
    }

    private static WebApplication Build(Dictionary<string, string?> configuration)
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
