using Armature.Clustering;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Armature.Hosting;

/// <summary>Guards a silo's connections with the cluster secret, where there is one.</summary>
internal sealed class SiloSecret(IOptions<ArmatureOptions> options, TimeProvider time, SecretRefusals refusals, ILogger<RequireSecret> logger)
    : IConfigureOptions<SiloConnectionOptions>, IConfigureOptions<ConnectionOptions>
{
    // A connection may wait for the handshake's own limit, which then says what is wrong.
    private static readonly TimeSpan ConnectMargin = TimeSpan.FromSeconds(1);

    private readonly ClusterOptions _cluster = options.Value.Cluster;

    public void Configure(SiloConnectionOptions connections)
    {
        if (string.IsNullOrEmpty(_cluster.Secret))
        {
            return;
        }

        var fromSilos = Require(_cluster.Secret, ConnectionScope.Silo);
        var fromClients = Require(_cluster.Secret, ConnectionScope.Gateway);
        var toSilos = new PresentSecret(_cluster.Secret, ConnectionScope.Silo, _cluster.HandshakeTimeout, time, refusals);
        connections.ConfigureSiloInboundConnection(builder => builder.UseMiddleware(fromSilos));
        connections.ConfigureGatewayInboundConnection(builder => builder.UseMiddleware(fromClients));
        connections.ConfigureSiloOutboundConnection(builder => builder.UseMiddleware(toSilos));
    }

    public void Configure(ConnectionOptions connection) =>
        connection.OpenConnectionTimeout = _cluster.HandshakeTimeout + ConnectMargin;

    private RequireSecret Require(string secret, ConnectionScope scope) =>
        new(secret, scope, _cluster.HandshakeTimeout, _cluster.MaxHandshakes, time, logger);
}
