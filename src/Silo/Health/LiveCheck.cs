using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Armature.Health;

/// <summary>
/// Live: this process makes progress. It looks at nothing outside the process, so that an outage of Redis or of another silo
/// does not make an orchestrator restart every silo.
/// </summary>
internal sealed class LiveCheck(ProgressMonitor progress) : IHealthCheck
{
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(30);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var silence = progress.SinceLastBeat;
        return Task.FromResult(silence <= MaxSilence
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"No timer has run for {silence.TotalSeconds:0} s."));
    }
}
