using System.Diagnostics;

namespace Armature.Hosting;

/// <summary>
/// Says in plain words why a host could not start whose program lets the exception end it, as <c>app.Run()</c> does. The host
/// has logged it by then; the process ends with the words instead of a second stack trace, unless a debugger looks on.
/// </summary>
internal sealed class UnhandledStartFailure : IHostedService
{
    // Stays when the host is disposed: only then its program ends by the exception.
    public UnhandledStartFailure(IHostApplicationLifetime lifetime)
    {
        AppDomain.CurrentDomain.UnhandledException += Tell;
        lifetime.ApplicationStarted.Register(() => AppDomain.CurrentDomain.UnhandledException -= Tell);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Tell(object sender, UnhandledExceptionEventArgs unhandled)
    {
        if (unhandled.ExceptionObject is not Exception error || StartFailure.Describe(error) is not { } message)
        {
            return;
        }

        Console.Error.WriteLine(message);
        if (!Debugger.IsAttached)
        {
            Environment.Exit(StartFailure.ExitCode);
        }
    }
}
