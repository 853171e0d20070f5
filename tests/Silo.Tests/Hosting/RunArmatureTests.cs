using System.Collections.Concurrent;
using Armature.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Armature.Hosting;

public sealed class RunArmatureTests
{
    [Theory]
    [InlineData("Armature:CpuThreads", "0")]
    [InlineData("Armature:DataFolder", "/proc/none")]
    public async Task RunArmatureAsync_StartThatIsRefused_LogsNoStackTraceBeforeThePlainWords(string key, string value)
    {
        using var folder = new TemporaryFolder();
        using var log = new ErrorLog();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(log);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Armature:DataFolder"] = folder.Path });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [key] = value });
        builder.AddArmature();
        builder.Services.AddSingleton<Disposed>();
        var host = builder.Build();
        var disposed = host.Services.GetRequiredService<Disposed>();

        (await host.RunArmatureAsync()).ShouldBe(2);

        log.Errors.ShouldBeEmpty();
        disposed.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task RunArmatureAsync_ToldToStopWhileItStarts_EndsWithoutFailure()
    {
        using var folder = new TemporaryFolder();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Armature:DataFolder"] = folder.Path,
            ["Armature:Cluster:SiloPort"] = "0",
            ["Armature:Cluster:GatewayPort"] = "0",
        });
        builder.Services.AddHostedService<StoppedInItsStart>();
        builder.AddArmature();

        (await builder.Build().RunArmatureAsync()).ShouldBe(0);
    }

    private sealed class StoppedInItsStart(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Disposed : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Errors { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Errors.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
