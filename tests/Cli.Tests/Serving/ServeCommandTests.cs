using Armature.CommandLine;
using Armature.Testing;

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
    public async Task Batches_UnknownId_IsBadUsage()
    {
        using var server = await ServeAsync();

        var cancel = (await RunAsync("batches", "cancel", "nosuchbatch", "--cluster", "local")).ShouldExitWith(ExitCode.BadUsage);

        cancel.Error.ShouldContain("nosuchbatch");
    }

    public void Dispose() => _folder.Dispose();

    private static string[] ServeArguments() => ["serve", "--silo-port", "0", "--gateway-port", "0", "--http-port", "0"];

    private async Task<CommandProcess> ServeAsync()
    {
        var server = CommandProcess.Start(ServeArguments(), DataFolder);
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
