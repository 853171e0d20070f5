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
