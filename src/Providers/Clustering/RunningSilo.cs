using System.Diagnostics;
using System.Text.Json;

namespace Armature.Clustering;

/// <summary>The file that a silo leaves in its data folder while it runs, by which others on this machine find it.</summary>
/// <param name="ProcessId">The silo's process.</param>
/// <param name="SiloPort">Its port for silos.</param>
/// <param name="GatewayPort">Its port for Orleans clients.</param>
public sealed record RunningSilo(int ProcessId, int SiloPort, int GatewayPort)
{
    private const string FileName = "silo.json";

    /// <summary>The silo that runs on a data folder; null when there is none.</summary>
    public static RunningSilo? Find(string dataFolder)
    {
        try
        {
            var silo = JsonSerializer.Deserialize<RunningSilo>(File.ReadAllBytes(PathIn(dataFolder)));
            return silo is not null && IsAlive(silo.ProcessId) ? silo : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Leaves the file.</summary>
    public void Write(string dataFolder) =>
        File.WriteAllBytes(PathIn(dataFolder), JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Takes the file away. One that stays harms nobody: its process will be gone.</summary>
    public static void Clear(string dataFolder)
    {
        try
        {
            File.Delete(PathIn(dataFolder));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder was removed, or may no longer be written: the silo stops in order all the same.
        }
    }

    private static string PathIn(string dataFolder) => Path.Combine(dataFolder, FileName);

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
