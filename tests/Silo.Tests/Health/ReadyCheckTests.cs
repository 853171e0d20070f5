using Armature.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Armature.Health;

public sealed class ReadyCheckTests
{
    private readonly Lifetime _lifetime = new();

    [Fact]
    public async Task CheckHealthAsync_BeforeTheStart_IsUnhealthy() =>
        (await CheckAsync()).Description.ShouldBe("The process has not started yet.");

    [Fact]
    public async Task CheckHealthAsync_StartedWithoutProblem_IsHealthy()
    {
        _lifetime.Started.Cancel();

        (await CheckAsync(new Condition(null))).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task CheckHealthAsync_PartWithProblem_RepeatsIt()
    {
        _lifetime.Started.Cancel();

        (await CheckAsync(new Condition(null), new Condition("The queue is full."))).Description.ShouldBe("The queue is full.");
    }

    [Fact]
    public async Task CheckHealthAsync_PartThatWorksLessWell_IsDegradedAndSaysWhy()
    {
        _lifetime.Started.Cancel();

        var result = await new ReadyCheck(_lifetime, [new Condition(null)], [new Degradation(null), new Degradation("Redis is away.")])
            .CheckHealthAsync(new HealthCheckContext(), CancellationToken.None);

        (result.Status, result.Description).ShouldBe((HealthStatus.Degraded, "Redis is away."));
    }

    [Fact]
    public async Task CheckHealthAsync_Stopping_IsUnhealthy()
    {
        _lifetime.Started.Cancel();
        _lifetime.Stopping.Cancel();

        (await CheckAsync(new Condition(null))).Description.ShouldBe("The process is stopping.");
    }

    private Task<HealthCheckResult> CheckAsync(params IReadinessCondition[] conditions) =>
        new ReadyCheck(_lifetime, conditions, []).CheckHealthAsync(new HealthCheckContext(), CancellationToken.None);

    private sealed record Condition(string? Problem) : IReadinessCondition;

    private sealed record Degradation(string? Problem) : IDegradation;

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationTokenSource Started { get; } = new();

        public CancellationTokenSource Stopping { get; } = new();

        public CancellationToken ApplicationStarted => Started.Token;

        public CancellationToken ApplicationStopping => Stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => Stopping.Cancel();
    }
}
