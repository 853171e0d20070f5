using Armature.Testing;
using Armature.Testing.Processes;

namespace Armature.Hosting;

public sealed class StartFailureTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Start_PortsOfAnotherSilo_SaysWhichOptionToChange()
    {
        await using var first = await SiloProcess.StartAsync(new());

        var output = await FailAsync(new() { SiloPort = first.Settings.SiloPort });

        output.ShouldContain($"Cannot listen on 127.0.0.1:{first.Settings.SiloPort}: the port is in use");
        output.ShouldContain("ARMATURE__CLUSTER__SILOPORT");
    }

    [Fact]
    public async Task Start_HttpPortOfAnotherSilo_SaysWhichOptionToChange()
    {
        await using var first = await SiloProcess.StartAsync(new());

        (await FailAsync(new() { HttpPort = first.Settings.HttpPort })).ShouldContain("ARMATURE__HTTP__PORT");
    }

    [Fact]
    public async Task Start_DataFolderOfAnotherSilo_NamesItsProcess()
    {
        using var folder = new TemporaryFolder();
        await using var first = await SiloProcess.StartAsync(new() { DataFolder = folder.Path });

        var output = await FailAsync(new() { DataFolder = folder.Path });

        output.ShouldContain($"The data folder {folder.Path} is in use by the silo of process {first.Id}");
        output.ShouldContain("ARMATURE__DATAFOLDER");
    }

    [Fact]
    public async Task Start_DataFolderOfAKilledSilo_Succeeds()
    {
        using var folder = new TemporaryFolder();
        await using var first = await SiloProcess.StartAsync(new() { DataFolder = folder.Path });
        first.Kill();
        await first.WaitForExitAsync();

        await using var second = await SiloProcess.StartAsync(new() { DataFolder = folder.Path });
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
}
