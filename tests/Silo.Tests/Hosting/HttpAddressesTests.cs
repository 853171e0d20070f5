using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Hosting;

public sealed class HttpAddressesTests
{
    [Theory]
    [InlineData("urls", "bogus", "urls (--urls, ASPNETCORE_URLS) is 'bogus'")]
    [InlineData("urls", "http://localhost:5000;bogus", "urls (--urls, ASPNETCORE_URLS) is 'bogus'")]
    [InlineData("urls", "http://localhost:99999", "urls (--urls, ASPNETCORE_URLS) is 'http://localhost:99999'")]
    [InlineData("http_ports", "8080;99999", "http_ports (ASPNETCORE_HTTP_PORTS) is '99999'")]
    [InlineData("https_ports", "many", "https_ports (ASPNETCORE_HTTPS_PORTS) is 'many'")]
    [InlineData("Kestrel:Endpoints:Public:Url", "bogus", "Kestrel:Endpoints:Public:Url is 'bogus'")]
    public void Find_NoAddress_IsAViolation(string key, string value, string violation) =>
        Find(key, value).ShouldHaveSingleItem().ShouldStartWith($"{violation} but must be ");

    [Theory]
    [InlineData("urls", "http://localhost:5000;http://*:0;http://[::1]:5002;http://unix:/run/armature.sock;https://example.com")]
    [InlineData("urls", "")]
    [InlineData("http_ports", "0;65535")]
    [InlineData("Kestrel:Endpoints:Local:Url", "http://localhost:5000")]
    public void Find_Address_IsAllowed(string key, string value) => Find(key, value).ShouldBeEmpty();

    private static IEnumerable<string> Find(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [key] = value }).Build();
        return new HttpAddresses(configuration, new WithServer()).Find();
    }

    private sealed class WithServer : IServiceProviderIsService
    {
        public bool IsService(Type serviceType) => serviceType == typeof(IServer);
    }
}
