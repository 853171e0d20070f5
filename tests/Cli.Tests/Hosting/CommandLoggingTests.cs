using Armature.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Armature.Hosting;

public sealed class CommandLoggingTests
{
    [Theory]
    [InlineData("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)]
    [InlineData("Orleans.Runtime.Scheduler", LogLevel.Warning)]
    [InlineData("Orleans.Runtime.Silo", LogLevel.Error)]
    [InlineData("Orleans.Streams.PubSubRendezvousGrain", LogLevel.Error)]
    [InlineData("Orleans.Messaging.GatewayManager", LogLevel.Warning)]
    [InlineData("Polly", LogLevel.Warning)]
    [InlineData("Orleans.Runtime.Catalog", LogLevel.Information)]
    [InlineData("Armature.Batching.BatchGrain", LogLevel.Information)]
    public void AddTo_Quiet_LeavesOutWhatNobodyCanActOn(string category, LogLevel level) => IsHeard(Verbosity.Quiet, category, level).ShouldBeFalse();

    [Theory]
    [InlineData("Orleans.Runtime.Scheduler", LogLevel.Error)]
    [InlineData("Orleans.Runtime.Silo", LogLevel.Critical)]
    [InlineData("Orleans.Streams.PubSubRendezvousGrain", LogLevel.Critical)]
    [InlineData("Polly", LogLevel.Error)]
    [InlineData("Orleans.Runtime.Catalog", LogLevel.Warning)]
    [InlineData("Armature.Batching.BatchGrain", LogLevel.Warning)]
    public void AddTo_Quiet_KeepsTheRest(string category, LogLevel level) => IsHeard(Verbosity.Quiet, category, level).ShouldBeTrue();

    [Theory]
    [InlineData("Orleans.Runtime.Silo", LogLevel.Information)]
    [InlineData("Orleans.Streams.PubSubRendezvousGrain", LogLevel.Information)]
    [InlineData("Armature.Batching.BatchGrain", LogLevel.Information)]
    public void AddTo_Verbose_SaysEverything(string category, LogLevel level) => IsHeard(Verbosity.Verbose, category, level).ShouldBeTrue();

    // In a host with a silo, whose own filters are added after the command's.
    private static bool IsHeard(Verbosity verbosity, string category, LogLevel level)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        CommandLogging.AddTo(builder.Logging, verbosity);
        builder.AddArmature();
        using var host = builder.Build();
        return host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(level);
    }
}
