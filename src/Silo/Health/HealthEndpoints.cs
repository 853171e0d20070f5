using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Armature.Health;

/// <summary><c>/health/live</c> and <c>/health/ready</c>.</summary>
internal static class HealthEndpoints
{
    private const string Live = "live";
    private const string Ready = "ready";

    public static IServiceCollection AddArmatureHealth(this IServiceCollection services)
    {
        services.AddSingleton<ProgressMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<ProgressMonitor>());
        services.AddHealthChecks()
            .AddCheck<LiveCheck>("armature.live", tags: [Live])
            .AddCheck<ReadyCheck>("armature.ready", tags: [Ready]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health");
        health.MapHealthChecks("/live", Tagged(Live));
        health.MapHealthChecks("/ready", Tagged(Ready));
    }

    private static HealthCheckOptions Tagged(string tag) => new()
    {
        Predicate = check => check.Tags.Contains(tag),
        ResponseWriter = (context, report) => context.Response.WriteAsync(
            string.Join(Environment.NewLine, [report.Status.ToString(), .. report.Entries.Values.Select(entry => entry.Description).OfType<string>()]),
            context.RequestAborted),
    };
}
