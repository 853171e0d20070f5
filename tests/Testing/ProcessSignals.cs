using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Armature.Testing;

/// <summary>Signals to a process that a test started; one that has ended is left alone. Linux only.</summary>
public static class ProcessSignals
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;
    private const int NoSuchProcess = 3;

    /// <summary>Interrupts the process as Ctrl-C does (SIGINT).</summary>
    public static void SendInterrupt(this Process process) => Send(process, Interrupt);

    /// <summary>Asks the process to end (SIGTERM).</summary>
    public static void SendTerminate(this Process process) => Send(process, Terminate);

    /// <summary>Freezes the process (SIGSTOP): its connections stay open and answer nothing.</summary>
    public static void Pause(this Process process) => Send(process, Stop);

    /// <summary>Lets a frozen process go on (SIGCONT).</summary>
    public static void Resume(this Process process) => Send(process, Continue);

    private static void Send(Process process, int signal)
    {
        if (Kill(process.Id, signal) != 0 && Marshal.GetLastPInvokeError() != NoSuchProcess)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
