using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Azure.Storage.Blobs;

namespace Armature.Testing.Azurite;

/// <summary>A real Azurite, the emulator of Azure Storage, of a test's own: a process on a free port of the loopback address.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private Process? _process;

    private AzuriteServer()
    {
    }

    /// <summary>The connection string, with the account and the key that every Azurite has.</summary>
    public string ConnectionString =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + $"BlobEndpoint=http://127.0.0.1:{_port}/devstoreaccount1;";

    /// <summary>Starts a server, after installing it where that has not been done, and returns when it answers.</summary>
    public static async Task<AzuriteServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var script = await AzuriteInstallation.FindAsync(cancellationToken);
        var server = new AzuriteServer();
        try
        {
            await server.StartProcessAsync(script, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Dispose();
    }

    private async Task StartProcessAsync(string script, CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo(TestRequirements.Program("node", "apt-get install nodejs npm"), Arguments(script))
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var limit = new CancellationTokenSource(StartLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (!await AnswersAsync(either.Token))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"azurite-blob ended with {process.ExitCode} before it answered on port {_port}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, either.Token);
        }
    }

    // The SDK is younger than the emulator and asks for a version of the API that it does not know by name.
    private string[] Arguments(string script) =>
    [
        script,
        "--blobHost", "127.0.0.1",
        "--blobPort", $"{_port}",
        "--location", _folder.Path,
        "--skipApiVersionCheck",
        "--disableTelemetry",
        "--silent",
    ];

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
            await new BlobServiceClient(ConnectionString).GetPropertiesAsync(cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
