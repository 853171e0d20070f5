using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Armature.Hosting;

/// <summary>Refuses endpoints of the silo that code, unlike our options, opened to other machines without the cluster's secret.</summary>
internal sealed class SiloExposure(IOptions<ArmatureOptions> options, IOptions<EndpointOptions> endpoints) : IStartupCheck
{
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        string[] open = string.IsNullOrEmpty(options.Value.Cluster.Secret)
            ? [.. Violations("silo", endpoints.Value.ListeningSilo()), .. Violations("gateway", endpoints.Value.ListeningGateway())]
            : [];
        return open.Length == 0
            ? Task.CompletedTask
            : throw new OptionsValidationException(ArmatureOptions.Section, typeof(ArmatureOptions), open);
    }

    private static IEnumerable<string> Violations(string name, IPEndPoint? endpoint)
    {
        if (endpoint is not null && !IPAddress.IsLoopback(endpoint.Address))
        {
            yield return HttpExposure.Violation($"The {name} endpoint of Orleans' EndpointOptions, as code set it,", endpoint.ToString());
        }
    }
}
