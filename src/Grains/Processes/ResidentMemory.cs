using System.Globalization;

namespace Armature.Processes;

/// <summary>How much memory a process holds, as the kernel counts it. Linux only.</summary>
internal static class ResidentMemory
{
    /// <summary>Resident bytes, or 0 if the process is gone or the system does not tell.</summary>
    internal static long Of(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        try
        {
            var pages = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/statm")).Split(' ')[1];
            return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
