using System.Diagnostics;

namespace Armature.Benchmarks;

/// <summary>The memory of the Node processes on this machine.</summary>
internal static class NodeMemory
{
    /// <summary>Resident bytes of the largest.</summary>
    public static long Largest()
    {
        var largest = 0L;
        foreach (var process in Process.GetProcessesByName("node"))
        {
            using (process)
            {
                largest = Math.Max(largest, process.HasExited ? 0 : process.WorkingSet64);
            }
        }

        return largest;
    }
}
