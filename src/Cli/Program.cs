using System.Runtime.InteropServices;
using Armature.CommandLine;
using Armature.Terminal;

using var cancel = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, CancelOnce);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, CancelOnce);

return await new CommandApp(CommandConsole.Create(TimeProvider.System), TimeProvider.System).RunAsync(args, cancel.Token);

// The first signal lets the work end in order; a second one ends the process.
void CancelOnce(PosixSignalContext signal)
{
    signal.Cancel = !cancel.IsCancellationRequested;
    _ = cancel.CancelAsync();
}
