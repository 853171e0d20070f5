using Armature.Health;
using Armature.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gives an application Armature's endpoints, and runs it.</summary>
public static class ArmatureApplicationExtensions
{
    /// <summary>Maps Armature's HTTP endpoints.</summary>
    public static WebApplication MapArmature(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHealth();
        return app;
    }

    /// <summary>Runs the host to its end. A start that cannot succeed says why on standard error.</summary>
    /// <returns>The exit code: 0, or 2 when the host could not start.</returns>
    public static async Task<int> RunArmatureAsync(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            // Not left to the start of the host, which logs a failure with its stack trace before anyone can put it in plain words.
            await CheckAsync(host);
            await host.RunAsync();
            return 0;
        }
        catch (Exception error) when (StartFailure.Describe(error) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return StartFailure.ExitCode;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0; // It was told to stop before it had started.
        }
    }

    private static async Task CheckAsync(IHost host)
    {
        try
        {
            await (host.Services.GetService<StartupChecks>()?.CheckAsync(CancellationToken.None) ?? Task.CompletedTask);
        }
        catch
        {
            await DisposeAsync(host);
            throw;
        }
    }

    private static ValueTask DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable disposable)
        {
            return disposable.DisposeAsync();
        }

        host.Dispose();
        return ValueTask.CompletedTask;
    }
}
