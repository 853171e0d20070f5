using Armature.Batching;
using Armature.Clustering;
using Armature.CommandLine;
using Armature.Images;
using Armature.Testing;
using Armature.Testing.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Armature.Serving;

/// <summary>A server without Redis, and commands that work on it.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Serve_WithoutRedis_IsFoundAsLocalAndWorks()
    {
        using var server = await ServeAsync();
        TestPictures.Write(_folder.File("in", "a.jpg"));
        _folder.Write("in/notes.jpg", "no picture at all");

        var images = (await RunAsync("images", _folder.File("in"), "--out", _folder.File("out"), "--cluster", "local", "--json")).ShouldExitWith(ExitCode.SomeFailed);
        var list = (await RunAsync("batches", "list", "--cluster", "local", "--json")).ShouldExitWith(ExitCode.Done);

        images.Json.GetProperty("succeeded").GetInt32().ShouldBe(1);
        images.Json.GetProperty("failed")[0].GetProperty("code").GetString().ShouldBe("unsupported_format");
        TestPictures.Read(_folder.File("out", "a.jpg")).ShouldBe((200, 150, "jpegload_buffer"));
        list.Json.GetProperty("batches").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Array);
    }

    [Fact]
    public async Task Serve_Interrupted_EndsInOrderAndIsNotFoundAnyMore()
    {
        using var server = await ServeAsync();
        server.Interrupt();

        (await server.WaitAsync()).ShouldExitWith(ExitCode.Done);

        var list = (await RunAsync("batches", "list", "--cluster", "local")).ShouldExitWith(ExitCode.BadUsage);
        list.Error.ShouldContain("armature serve");
    }

    [Fact]
    public async Task Serve_OnADataFolderInUse_IsRefused()
    {
        using var server = await ServeAsync();

        var second = (await RunAsync(ServeArguments())).ShouldExitWith(ExitCode.BadUsage);

        second.Error.ShouldContain("is in use");
    }

    [Fact]
    public async Task Serve_GatewayAloneWithoutRedis_NamesTheOptionToGive() =>
        (await RunAsync("serve", "--roles", "gateway")).ShouldExitWith(ExitCode.BadUsage).Error.ShouldContain("--redis HOST:PORT");

    [Fact]
    public async Task Batches_UnknownId_IsBadUsage()
    {
        using var server = await ServeAsync();

        var cancel = (await RunAsync("batches", "cancel", "nosuchbatch", "--cluster", "local")).ShouldExitWith(ExitCode.BadUsage);

        cancel.Error.ShouldContain("nosuchbatch");
    }

    [Fact]
    public async Task Batches_OfImagesThatRun_AreListedFollowedAndCancelled()
    {
        using var server = await ServeAsync(("ARMATURE__CPUTHREADS", "1"));
        for (var i = 0; i < 60; i++)
        {
            TestPictures.Write(_folder.File("in", $"{i}.jpg"), 2400 + i, 1800);
        }

        using var images = CommandProcess.Start(
            ["images", _folder.File("in"), "--out", _folder.File("out"), "--size", "2400", "--format", "avif", "--cluster", "local", "--json"], DataFolder);
        var id = "";
        await Eventually.BecomesTrueAsync(async () => (id = await FirstBatchAsync()).Length > 0, "the batch is listed");
        var list = (await RunAsync("batches", "list", "--cluster", "local")).ShouldExitWith(ExitCode.Done);
        list.Output.Split('\n').ShouldContain(line => line.StartsWith(id + " ", StringComparison.Ordinal) && line.Contains('Z'), "a batch is one line, whole");

        using var watch = CommandProcess.Start(["batches", "watch", id, "--cluster", "local"], DataFolder);
        await Eventually.BecomesTrueAsync(() => watch.Error.Contains("images:", StringComparison.Ordinal), "the batch is followed");
        watch.Interrupt();
        (await watch.WaitAsync()).ShouldExitWith(ExitCode.Cancelled).Error.ShouldContain("goes on");

        // The batch is there until the last item has stopped, and gone as soon as the command that made it has read that.
        (await RunAsync("batches", "cancel", id, "--cluster", "local")).ShouldExitWith(ExitCode.Done).Output.ShouldStartWith($"Batch {id} ");
        var report = (await images.WaitAsync()).ShouldExitWith(ExitCode.Cancelled).Json;
        images.Error.ShouldContain($"images: batch {id}");
        report.GetProperty("cancelled").GetBoolean().ShouldBeTrue();
        report.GetProperty("notDone").GetInt32().ShouldBe(60 - report.GetProperty("succeeded").GetInt32() - report.GetProperty("failed").GetArrayLength());
        report.GetProperty("notDone").GetInt32().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Watch_BatchThatSucceeds_IsFollowedToItsEnd()
    {
        using var server = await ServeAsync();
        using var client = await ConnectAsync();
        var sources = Enumerable.Range(0, 5).Select(i => new ImageJob
        {
            Source = ImageSource.FromBytes(MadePng.Gray(100 + i, 100)),
            Plan = ImagePlan.Create().Variant("small", variant => variant.Resize(10)),
        });
        var batch = await client.Services.GetRequiredService<ArmatureClient>().Batches.SubmitAsync<ImageJob, ImageResult>(ImageJob.HandlerName, [.. sources]);

        var text = (await RunAsync("batches", "watch", batch.Id, "--cluster", "local")).ShouldExitWith(ExitCode.Done);
        var json = (await RunAsync("batches", "watch", batch.Id, "--cluster", "local", "--json")).ShouldExitWith(ExitCode.Done).Json;

        text.Output.ShouldStartWith($"Batch {batch.Id} is completed: 5 of 5 items done in ");
        json.GetProperty("id").GetString().ShouldBe(batch.Id);
        json.GetProperty("state").GetString().ShouldBe("completed");
        json.GetProperty("succeeded").GetInt32().ShouldBe(5);
        json.GetProperty("failed").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Watch_BatchThatWasCancelled_SaysSoAndCountsEveryItem()
    {
        const int Jobs = 40;
        using var server = await ServeAsync(("ARMATURE__CPUTHREADS", "1"));
        using var client = await ConnectAsync();
        var sources = Enumerable.Range(0, Jobs).Select(i => new ImageJob
        {
            Source = ImageSource.FromBytes(MadePng.Gray(2000 + i, 2000)),
            Plan = ImagePlan.Create().Variant("same", variant => variant.Avif()),
        });
        var batch = await client.Services.GetRequiredService<ArmatureClient>().Batches.SubmitAsync<ImageJob, ImageResult>(ImageJob.HandlerName, [.. sources]);
        await batch.CancelAsync(TestContext.Current.CancellationToken);

        var json = (await RunAsync("batches", "watch", batch.Id, "--cluster", "local", "--json")).ShouldExitWith(ExitCode.SomeFailed).Json;
        var text = (await RunAsync("batches", "watch", batch.Id, "--cluster", "local")).ShouldExitWith(ExitCode.SomeFailed).Output;

        json.GetProperty("state").GetString().ShouldBe("cancelled");
        json.GetProperty("cancelled").GetBoolean().ShouldBeTrue();
        json.GetProperty("reason").GetString()!.ShouldContain("cancelled");
        (json.GetProperty("succeeded").GetInt32() + json.GetProperty("failedCount").GetInt32() + json.GetProperty("notDone").GetInt32()).ShouldBe(Jobs);
        json.GetProperty("failed").EnumerateArray().Select(item => item.GetProperty("index").GetInt32()).ShouldBeInOrder();
        text.ShouldStartWith($"Batch {batch.Id} is cancelled: ");
        text.ShouldContain("not done");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<IHost> ConnectAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddArmatureClient(client => client.LocalGatewayPort = RunningSilo.Find(DataFolder.Value)!.GatewayPort);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private static string[] ServeArguments() => ["serve", "--silo-port", "0", "--gateway-port", "0", "--http-port", "0"];

    private async Task<string> FirstBatchAsync()
    {
        var list = (await RunAsync("batches", "list", "--cluster", "local", "--json")).ShouldExitWith(ExitCode.Done);
        return list.Json.GetProperty("batches").EnumerateArray().Select(batch => batch.GetProperty("id").GetString()!).FirstOrDefault("");
    }

    private async Task<CommandProcess> ServeAsync(params (string Name, string Value)[] environment)
    {
        var server = CommandProcess.Start(ServeArguments(), [DataFolder, .. environment]);
        await Eventually.BecomesTrueAsync(() => server.Output.Contains("Serving", StringComparison.Ordinal), "the server is ready");
        return server;
    }

    private async Task<CommandResult> RunAsync(params string[] arguments)
    {
        using var command = CommandProcess.Start(arguments, DataFolder);
        return await command.WaitAsync();
    }

    private (string Name, string Value) DataFolder => ("ARMATURE__DATAFOLDER", _folder.File("data"));
}
