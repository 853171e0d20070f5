using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using StackExchange.Redis;

namespace Armature.Testing.Redis;

/// <summary>A real Redis of a test's own: a process on a free port of the loopback address, its files in a temporary folder.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly string _program = TestRequirements.Program("redis-server", "apt-get install redis-server");
    private readonly RedisPersistence _persistence;
    private Process? _process;

    private RedisServer(RedisPersistence persistence) => _persistence = persistence;

    /// <summary>The port; it stays the same over restarts.</summary>
    public int Port { get; private set; }

    /// <summary>The address for StackExchange.Redis and for the options of a silo.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Starts a server and returns when it answers.</summary>
    public static async Task<RedisServer> StartAsync(
        RedisPersistence persistence = RedisPersistence.None, CancellationToken cancellationToken = default)
    {
        var server = new RedisServer(persistence);
        try
        {
            await server.StartOnFreePortAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the server in order, as an operator would (SIGTERM).</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => EndAsync(ProcessSignals.SendTerminate, cancellationToken);

    /// <summary>Ends the server without warning (SIGKILL).</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) => EndAsync(process => process.Kill(), cancellationToken);

    /// <summary>Starts the server again on the same port and files, ending it first when it runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        if (_process is not null)
        {
            await StopAsync(cancellationToken);
        }

        await StartOnPortAsync(cancellationToken);
    }

    /// <summary>Lets nobody in any more who does not give a password. A server that is started again has none.</summary>
    public async Task SetPasswordAsync(string password)
    {
        await using var admin = await ConnectionMultiplexer.ConnectAsync(ConnectionString + ",allowAdmin=true");
        await admin.GetServers()[0].ConfigSetAsync("requirepass", password);
    }

    /// <summary>Freezes the server: connections stay open and nothing is answered.</summary>
    public void Pause() => Running.Pause();

    /// <summary>Lets a frozen server go on.</summary>
    public void Resume() => Running.Resume();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _folder.Dispose();
    }

    private Process Running => _process ?? throw new InvalidOperationException("This Redis is stopped; call RestartAsync first.");

    private async Task StartOnFreePortAsync(CancellationToken cancellationToken)
    {
        // Between finding a free port and listening on it another process may take it.
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort.Next();
            try
            {
                await StartOnPortAsync(cancellationToken);
                return;
            }
            catch (InvalidOperationException) when (attempt < 5)
            {
                _process = null;
            }
        }
    }

    private async Task StartOnPortAsync(CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo(_program, Arguments()) { WorkingDirectory = _folder.Path })!;
        _process = process;

        using var limit = new CancellationTokenSource(StartLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (!await AnswersAsync(either.Token))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"redis-server ended with {process.ExitCode}: {ReadLog()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, either.Token);
        }
    }

    private string[] Arguments() =>
    [
        "--port", $"{Port}",
        "--bind", "127.0.0.1",
        "--dir", _folder.Path,
        "--logfile", "redis.log",
        "--save", "",
        "--appendonly", _persistence == RedisPersistence.AppendOnlyFile ? "yes" : "no",
        "--appendfsync", "always",
    ];

    private string ReadLog()
    {
        var path = _folder.File("redis.log");
        return File.Exists(path) ? File.ReadAllText(path) : "no log";
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync("PING\r\nINFO server\r\n"u8.ToArray(), cancellationToken);
            var buffer = new byte[4096];
            var length = await stream.ReadAsync(buffer, cancellationToken);
            var reply = Encoding.ASCII.GetString(buffer, 0, length);

            // A server that still loads its files refuses the PING; another process on this port has another id.
            return reply.StartsWith("+PONG", StringComparison.Ordinal)
                && reply.Contains($"process_id:{_process!.Id}\r\n", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    private async Task EndAsync(Action<Process> end, CancellationToken cancellationToken)
    {
        using var process = Running;
        if (!process.HasExited)
        {
            process.Resume();
            end(process);
            await process.WaitForExitAsync(cancellationToken);
        }

        _process = null;
    }
}
