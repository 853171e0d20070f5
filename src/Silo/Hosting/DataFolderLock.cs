using Armature.Clustering;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Armature.Hosting;

/// <summary>Holds the data folder: a silo without Redis alone, members of a cluster together.</summary>
internal sealed class DataFolderLock(IOptions<ArmatureOptions> options, IOptions<EndpointOptions> endpoints) : IStartupCheck, IDisposable
{
    private const string FileName = "armature.lock";

    private readonly string _folder = options.Value.DataFolder;
    private FileStream? _lock;

    private bool IsShared => options.Value.Redis.IsConfigured;

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            Take();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException(_folder, $"cannot be written: {error.Message}", error);
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (_lock is null)
        {
            return;
        }

        if (!IsShared)
        {
            RunningSilo.Clear(_folder);
        }

        _lock.Dispose();
        _lock = null;
    }

    private void Take()
    {
        var path = Path.Combine(_folder, FileName);
        try
        {
            _lock = new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, IsShared ? FileShare.ReadWrite : FileShare.None);
        }
        catch (IOException error) when (IsHeldByAnother(error))
        {
            throw new DataFolderException(_folder, $"is in use by {Owner()}. Stop that first, or run both as members of one cluster on Redis.", error);
        }

        if (!IsShared)
        {
            new RunningSilo(Environment.ProcessId, endpoints.Value.SiloPort, endpoints.Value.GatewayPort).Write(_folder);
        }
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows: anything else, such as a disk that is read only, is no owner.
    private static bool IsHeldByAnother(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    private string Owner() => RunningSilo.Find(_folder) is { } silo
        ? $"the silo of process {silo.ProcessId} (ports {silo.SiloPort} and {silo.GatewayPort})"
        : "another process";
}
