using Armature.Clustering.Transport;
using Microsoft.AspNetCore.Connections;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts connections of our own in the place of those of Orleans.</summary>
public static class SocketTransportServiceCollectionExtensions
{
    /// <summary>Lets Orleans connect, and be connected to, by sockets that move messages of megabytes in large blocks. Those of its own read 4 KiB at a time. What is registered after this counts instead.</summary>
    /// <param name="services">The services of a silo or a client, to which Orleans has added its own.</param>
    public static IServiceCollection UseSocketTransport(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var orleans = services.Where(service => service.IsKeyedService).ToArray();
        foreach (var service in orleans)
        {
            if (service.ServiceType == typeof(IConnectionFactory))
            {
                services.AddKeyedSingleton<IConnectionFactory, SocketConnector>(service.ServiceKey);
            }
            else if (service.ServiceType == typeof(IConnectionListenerFactory))
            {
                services.AddKeyedSingleton<IConnectionListenerFactory, SocketListenerFactory>(service.ServiceKey);
            }
        }

        return services;
    }
}
