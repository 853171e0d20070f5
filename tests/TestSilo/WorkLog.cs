using System.Globalization;
using System.Text;
using Armature.Batching;
using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.TestSilo;

/// <summary>What this process works on, as lines of a file in the data folder that all processes of a cluster share; they outlive a SIGKILL.</summary>
public sealed class WorkLog : IDisposable
{
    /// <summary>The folder below the data folder.</summary>
    public const string Folder = "work";

    /// <summary>An item was begun.</summary>
    public const string Start = "start";

    /// <summary>An item ended, in whatever way but the end of its process.</summary>
    public const string End = "end";

    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    public WorkLog(IOptions<ArmatureOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = Path.Combine(options.Value.DataFolder, Folder);
        Directory.CreateDirectory(folder);
        _file = new(Path.Combine(folder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _time = time;
    }

    /// <summary>Writes a line: what, batch, index, attempt, time.</summary>
    public void Write(string what, BatchItemContext item)
    {
        var line = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{what} {item.BatchId} {item.Index} {item.Attempt} {_time.GetUtcNow().ToUnixTimeMilliseconds()}\n"));
        lock (_lock)
        {
            _file.Write(line);
        }
    }

    public void Dispose() => _file.Dispose();
}
