using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;

namespace Armature.Hosting;

/// <summary>Finds what ASP.NET Core's own settings say of addresses and Kestrel could not listen on: it would end with a stack trace, or listen nowhere.</summary>
internal sealed class HttpAddresses(IConfiguration configuration, IServiceProviderIsService services)
{
    private const string Allowed = "but must be an address such as http://localhost:5000, with a port from 0 to 65535.";

    private static readonly string[] PortKeys = [WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    public IEnumerable<string> Find() => services.IsService(typeof(IServer)) ? [.. Urls(), .. Ports(), .. Endpoints()] : [];

    private IEnumerable<string> Urls() =>
        from url in Split(configuration[WebHostDefaults.ServerUrlsKey])
        where !IsAddress(url)
        select $"urls (--urls, ASPNETCORE_URLS) is '{url}' {Allowed}";

    private IEnumerable<string> Ports() =>
        from key in PortKeys
        from port in Split(configuration[key])
        where !IsPort(port)
        select $"{key} (ASPNETCORE_{key.ToUpperInvariant()}) is '{port}' but must be a port from 0 to 65535.";

    private IEnumerable<string> Endpoints() =>
        from endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren()
        let url = endpoint["Url"]
        where url is not null && !IsAddress(url)
        select $"{endpoint.Path}:Url is '{url}' {Allowed}";

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort;

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe || address.IsNamedPipe || address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
