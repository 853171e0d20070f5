using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Health;

public sealed class LiveCheckTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task CheckHealthAsync_TimersRun_IsHealthy()
    {
        using var progress = new ProgressMonitor(_time);
        await progress.StartAsync(CancellationToken.None);

        _time.Advance(TimeSpan.FromMinutes(1));

        (await CheckAsync(progress)).Status.ShouldBe(HealthStatus.Healthy);
        await progress.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task CheckHealthAsync_NoTimerRuns_IsUnhealthyAndSaysForHowLong()
    {
        using var progress = new ProgressMonitor(_time);

        _time.Advance(TimeSpan.FromSeconds(31));

        var result = await CheckAsync(progress);
        result.Status.ShouldBe(HealthStatus.Unhealthy);
        result.Description.ShouldBe("No timer has run for 31 s.");
    }

    private static Task<HealthCheckResult> CheckAsync(ProgressMonitor progress) =>
        new LiveCheck(progress).CheckHealthAsync(new HealthCheckContext(), CancellationToken.None);
}
