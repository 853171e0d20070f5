using System.Globalization;

namespace Armature.Testing.Processes;

/// <summary>What the system says of processes. Linux only.</summary>
public static class ProcessTree
{
    /// <summary>The ids of a process's children.</summary>
    public static IReadOnlyList<int> ChildrenOf(int processId) =>
        [.. Directory.EnumerateDirectories($"/proc/{processId}/task").SelectMany(ReadChildren)];

    /// <summary>
    /// Whether a process lives. A dead one whose parent has not asked for its exit code yet is still listed, as a zombie.
    /// </summary>
    public static bool IsAlive(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The most memory that a process has held since its start, in bytes (resident).</summary>
    public static long PeakMemoryOf(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }

    private static IEnumerable<int> ReadChildren(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "children"))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return []; // The thread has ended.
        }
    }
}
