using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;

namespace Armature.Hosting;

/// <summary>Finds what ASP.NET Core's own settings open to other machines: they need the cluster's secret as much as ours.</summary>
internal sealed class HttpExposure(IConfiguration configuration, IServiceProviderIsService services)
{
    private static readonly string[] PortKeys = [WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    public IEnumerable<string> Find(ArmatureOptions options) =>
        string.IsNullOrEmpty(options.Cluster.Secret) && services.IsService(typeof(IServer))
            ? [.. Hosting(options.Http), .. Endpoints()]
            : [];

    /// <summary>True for an address of HTTP that only this machine reaches.</summary>
    public static bool IsLocal(BindingAddress address) =>
        address.IsUnixPipe
        || address.IsNamedPipe
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>What is wrong with such an address.</summary>
    public static string Violation(string key, string address) =>
        $"{key} is '{address}', which other machines reach, but Armature:Cluster:Secret is not set. "
        + $"Give all members and clients one secret of at least {ClusterOptions.MinSecretLength} characters, or listen on localhost.";

    // Kestrel looks at these only where nothing else says where to listen, or where they are preferred to all else; and at the
    // ports only where there are no addresses.
    private IEnumerable<string> Hosting(HttpOptions http)
    {
        if (http.Port is not null && !configuration.GetValue(WebHostDefaults.PreferHostingUrlsKey, false))
        {
            return [];
        }

        return configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls
            ? urls.Split(';').Where(IsOpen).Select(url => Violation("urls (--urls, ASPNETCORE_URLS)", url))
            : PortKeys.Where(key => !string.IsNullOrEmpty(configuration[key]))
                .Select(key => Violation($"{key} (ASPNETCORE_{key.ToUpperInvariant()})", $"*:{configuration[key]}"));
    }

    private IEnumerable<string> Endpoints() =>
        from endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren()
        let url = endpoint["Url"]
        where url is not null && IsOpen(url)
        select Violation($"{endpoint.Path}:Url", url);

    // What is no address is refused by HttpAddresses.
    private static bool IsOpen(string url)
    {
        try
        {
            return !IsLocal(BindingAddress.Parse(url));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
