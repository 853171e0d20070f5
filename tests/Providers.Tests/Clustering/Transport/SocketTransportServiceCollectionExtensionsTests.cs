using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Clustering.Transport;

public sealed class SocketTransportServiceCollectionExtensionsTests
{
    [Fact]
    public void UseSocketTransport_OrleansHasItsOwn_OursTakeTheirPlaces()
    {
        var services = new ServiceCollection().AddOptions();
        services.AddKeyedSingleton("to silos", (_, _) => Unused<IConnectionFactory>());
        services.AddKeyedSingleton("of silos", (_, _) => Unused<IConnectionListenerFactory>());
        services.AddKeyedSingleton("of clients", (_, _) => Unused<IConnectionListenerFactory>());

        using var provider = services.UseSocketTransport().BuildServiceProvider();

        provider.GetRequiredKeyedService<IConnectionFactory>("to silos").ShouldBeOfType<SocketConnector>();
        provider.GetRequiredKeyedService<IConnectionListenerFactory>("of silos").ShouldBeOfType<SocketListenerFactory>();
        provider.GetRequiredKeyedService<IConnectionListenerFactory>("of clients").ShouldBeOfType<SocketListenerFactory>();
    }

    private static T Unused<T>() => throw new InvalidOperationException("It is not in use any more.");
}
