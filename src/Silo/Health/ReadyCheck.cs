using Armature.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Armature.Health;

/// <summary>Ready: this process should get work. It has started, is not stopping, and no part of it has a problem. Degraded: it should, but a part works less well.</summary>
internal sealed class ReadyCheck(IHostApplicationLifetime lifetime, IEnumerable<IReadinessCondition> conditions, IEnumerable<IDegradation> degradations) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (Problem() is { } problem)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy(problem));
        }

        var weakness = degradations.Select(degradation => degradation.Problem).FirstOrDefault(found => found is not null);
        return Task.FromResult(weakness is null ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(weakness));
    }

    private string? Problem()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return "The process is stopping.";
        }

        if (!lifetime.ApplicationStarted.IsCancellationRequested)
        {
            return "The process has not started yet.";
        }

        return conditions.Select(condition => condition.Problem).FirstOrDefault(problem => problem is not null);
    }
}
