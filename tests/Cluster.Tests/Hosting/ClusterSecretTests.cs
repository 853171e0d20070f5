using System.Net;
using System.Net.Sockets;
using Armature.Testing;
using Armature.Testing.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Armature.Hosting;

public sealed class ClusterSecretTests(ClusterSecretTests.GuardedSilo guarded) : IClassFixture<ClusterSecretTests.GuardedSilo>
{
    private const string Secret = "the secret of this cluster";

    private static readonly Dictionary<string, string> Guarded = new()
    {
        ["Cluster:Secret"] = Secret,
        ["Cluster:HandshakeTimeout"] = "00:00:01",
    };

    [Fact]
    public async Task Connect_SiloAndClientWithTheSecret_TalkToEachOther()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 2, Guarded);

        var management = cluster.Client.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);

        (await management.GetHosts(onlyActive: true)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Connect_ClientWithAnotherSecret_IsToldSo()
    {
        await using var silo = await SiloProcess.StartAsync(new() { Options = Guarded });

        var refused = await Should.ThrowAsync<ClusterSecretException>(() => ConnectAsync(silo, "another secret of 16 or more"));

        refused.Message.ShouldContain("refused the cluster secret: it has another one.");
        await Eventually.BecomesTrueAsync(
            () => silo.Output.Contains("Refused a Gateway connection from", StringComparison.Ordinal), "the silo warned");
        silo.Output.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Connect_ClientWithoutSecret_FindsNoClusterAndHearsOfTheSecret()
    {
        var unreachable = await Should.ThrowAsync<ClusterUnreachableException>(() => ConnectAsync(guarded.Silo, secret: null));

        unreachable.Message.ShouldContain("where the cluster has a secret, the client needs the same");
    }

    [Fact]
    public async Task Connect_ClientWithSecretToSiloWithout_IsToldSo()
    {
        await using var silo = await SiloProcess.StartAsync(new());

        (await Should.ThrowAsync<ClusterSecretException>(() => ConnectAsync(silo, Secret))).Message.ShouldContain("does not ask for the cluster secret");
    }

    [Fact]
    public async Task Join_SiloWithAnotherSecret_IsKeptOut()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 1, Guarded);
        var stranger = cluster.LaunchSilo(cluster.NewMember() with
        {
            Options = new Dictionary<string, string>(Guarded) { ["Cluster:Secret"] = "another secret of 16 or more" },
        });

        await Eventually.BecomesTrueAsync(
            () => cluster.Silos[0].Output.Contains("Refused a Silo connection from", StringComparison.Ordinal), "the member refused the stranger");

        var management = cluster.Client.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        (await management.GetHosts(onlyActive: true)).Keys.ShouldHaveSingleItem();
        (await stranger.GetHealthAsync("ready")).ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Join_SiloWithSecretToAClusterWithout_SaysWhyItCannot()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 1);
        var stranger = cluster.LaunchSilo(cluster.NewMember() with { Options = Guarded });

        (await stranger.WaitForExitAsync(TestContext.Current.CancellationToken)).ShouldBe(2, stranger.Output);

        stranger.Output.ShouldContain("Armature cannot start");
        stranger.Output.ShouldContain("does not ask for the cluster secret");
        (await cluster.Silos[0].GetHealthAsync("ready")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    public async Task Connect_StrangerWhoSendsBytes_IsCutOff(int length)
    {
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(IPAddress.Loopback, guarded.Silo.Settings.GatewayPort);
        var stream = stranger.GetStream();

        await stream.WriteAsync(new byte[length]);

        (await ReadToEndAsync(stream).WaitAsync(TimeSpan.FromMinutes(1))).ShouldBeLessThanOrEqualTo(40);
        (await guarded.Silo.GetHealthAsync("ready")).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<int> ReadToEndAsync(NetworkStream stream)
    {
        var (total, buffer) = (0, new byte[1024]);
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var read)
            {
                total += read;
            }
        }
        catch (IOException)
        {
            return total; // Cut off with a reset: as good as an end.
        }

        return total;
    }

    private static async Task ConnectAsync(SiloProcess silo, string? secret)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddArmatureClient(client =>
        {
            client.LocalGatewayPort = silo.Settings.GatewayPort;
            client.ConnectTimeout = TimeSpan.FromSeconds(3);
            client.Cluster.Secret = secret;
        });
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
    }

    /// <summary>A silo with a secret, for the tests that leave it as it was.</summary>
    public sealed class GuardedSilo : IAsyncLifetime
    {
        public SiloProcess Silo { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Silo = await SiloProcess.StartAsync(new() { Options = Guarded });

        public ValueTask DisposeAsync() => Silo.DisposeAsync();
    }
}
