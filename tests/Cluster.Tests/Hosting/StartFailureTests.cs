using Armature.Testing;
using Armature.Testing.Processes;

namespace Armature.Hosting;

public sealed class StartFailureTests(StartFailureTests.FirstSilo first) : IClassFixture<StartFailureTests.FirstSilo>
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Start_PortsOfAnotherSilo_SaysWhichOptionToChange()
    {
        var output = await FailAsync(new() { SiloPort = first.Silo.Settings.SiloPort });

        output.ShouldContain($"Cannot listen on 127.0.0.1:{first.Silo.Settings.SiloPort}: the port is in use");
        output.ShouldContain("ARMATURE__CLUSTER__SILOPORT");
    }

    [Fact]
    public async Task Start_HttpPortOfAnotherSilo_SaysWhichOptionToChange() =>
        (await FailAsync(new() { HttpPort = first.Silo.Settings.HttpPort })).ShouldContain("ARMATURE__HTTP__PORT");

    [Fact]
    public async Task Start_DataFolderOfAnotherSilo_NamesItsProcess()
    {
        var output = await FailAsync(new() { DataFolder = first.Folder });

        output.ShouldContain($"The data folder {first.Folder} is in use by the silo of process {first.Silo.Id}");
        output.ShouldContain("ARMATURE__DATAFOLDER");
    }

    [Fact]
    public async Task Start_DataFolderOfAKilledSilo_Succeeds()
    {
        using var folder = new TemporaryFolder();
        await using var killed = await SiloProcess.StartAsync(new() { DataFolder = folder.Path });
        killed.Kill();
        await killed.WaitForExitAsync();

        await using var next = await SiloProcess.StartAsync(new() { DataFolder = folder.Path });
    }

    [Fact]
    public async Task Start_NoRedis_GivesUpInTimeWithoutTellingThePassword()
    {
        var output = await FailAsync(new()
        {
            Redis = $"127.0.0.1:{FreePort.Next()},password=hunter2hunter2",
            Options = new Dictionary<string, string> { ["Redis:StartupTimeout"] = "00:00:01" },
        });

        output.ShouldContain("No Redis answers at 127.0.0.1:");
        output.ShouldContain("ARMATURE__REDIS__CONNECTIONSTRING");
        output.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Start_OpenAddressWithoutSecret_IsRefused()
    {
        var output = await FailAsync(new() { Options = new Dictionary<string, string> { ["Cluster:ListenAddress"] = "0.0.0.0" } });

        output.ShouldContain("Armature:Cluster:ListenAddress is 0.0.0.0, which other machines reach, but Armature:Cluster:Secret is not set.");
    }

    [Fact]
    public async Task Start_PlainHostThatKestrelEnds_EndsWithPlainWords()
    {
        await using var first = await SiloProcess.StartAsync(new());

        var output = await FailAsync(new() { Arguments = ["--run=plainly", $"--Kestrel:Endpoints:Other:Url=http://127.0.0.1:{first.Settings.HttpPort}"] });

        output.ShouldContain("Armature cannot start. Failed to bind to address");
        output.ShouldNotContain("Unhandled exception");
    }

    [Fact]
    public async Task Start_PlainHostWithWrongOptions_EndsWithPlainWords()
    {
        var output = await FailAsync(new() { Arguments = ["--run=plainly"], Options = new Dictionary<string, string> { ["Batchng:MaxItems"] = "1" } });

        output.ShouldContain("- Armature:BATCHNG is no option. The nearest one is Armature:Batching.");
        output.ShouldNotContain("Unhandled exception");
    }

    private static async Task<string> FailAsync(SiloSettings settings)
    {
        await using var silo = SiloProcess.Launch(settings);
        (await silo.WaitForExitAsync().WaitAsync(Bound)).ShouldBe(2);
        return silo.Output;
    }

    /// <summary>A silo that runs already, and that the others leave as it was.</summary>
    public sealed class FirstSilo : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public string Folder => _folder.Path;

        public SiloProcess Silo { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Silo = await SiloProcess.StartAsync(new() { DataFolder = Folder });

        public async ValueTask DisposeAsync()
        {
            await Silo.DisposeAsync();
            _folder.Dispose();
        }
    }
}
