using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Armature.Hosting;

/// <summary>
/// Stands before Kestrel's transports, which are asked from the last to the first: takes every endpoint that other machines would
/// reach without the cluster's secret, and refuses to listen there. So it does not matter in which way Kestrel was given it.
/// </summary>
internal sealed class HttpListenGuard(IOptions<ArmatureOptions> options)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) =>
        endpoint is IPEndPoint ip && !IPAddress.IsLoopback(ip.Address) && string.IsNullOrEmpty(options.Value.Cluster.Secret);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        throw new OptionsValidationException(
            ArmatureOptions.Section, typeof(ArmatureOptions), [HttpExposure.Violation("An address of Kestrel", $"{endpoint}")]);
}
