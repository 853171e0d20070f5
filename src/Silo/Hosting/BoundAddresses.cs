using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Armature.Hosting;

/// <summary>
/// Ends a start whose code let Kestrel listen to other machines without the cluster's secret, past <see cref="HttpListenGuard"/>:
/// through a transport that it does not stand before.
/// </summary>
internal sealed class BoundAddresses(IEnumerable<IServer> servers, IOptions<ArmatureOptions> options) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var bound = servers.SelectMany(server => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        string[] open = string.IsNullOrEmpty(options.Value.Cluster.Secret)
            ? [.. bound.Where(address => !HttpExposure.IsLocal(BindingAddress.Parse(address)))]
            : [];
        return open.Length == 0
            ? Task.CompletedTask
            : throw new OptionsValidationException(
                ArmatureOptions.Section, typeof(ArmatureOptions), open.Select(address => HttpExposure.Violation("An address of Kestrel", address)));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
