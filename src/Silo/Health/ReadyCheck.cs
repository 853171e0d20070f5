using Armature.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Armature.Health;

/// <summary>Ready: this process should get work. It has started, is not stopping, and no part of it has a problem.</summary>
internal sealed class ReadyCheck(IHostApplicationLifetime lifetime, IEnumerable<IReadinessCondition> conditions) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problem = Problem();
        return Task.FromResult(problem is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(problem));
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
