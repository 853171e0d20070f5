using Armature.Storage;
using Armature.Testing;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Armature.Hosting;

public sealed class SiloCompositionTests
{
    [Fact]
    public void Compose_Defaults_DeadSiloHoldsItsPartOfTheDirectoryShorterThanClientsRetry()
    {
        using var host = TestHost.Build();

        host.Services.GetRequiredService<IOptions<GrainDirectoryOptions>>().Value.RangeLeaseDuration.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Compose_Defaults_ConnectionsAreOurs()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.AddArmature();
        using var host = builder.Build();

        object[] connections =
        [
            .. builder.Services
                .Where(service => service.IsKeyedService && (service.ServiceType == typeof(IConnectionFactory) || service.ServiceType == typeof(IConnectionListenerFactory)))
                .Select(service => host.Services.GetRequiredKeyedService(service.ServiceType, service.ServiceKey)),
        ];

        connections.Length.ShouldBeGreaterThanOrEqualTo(3);
        connections.ShouldAllBe(connection => connection.GetType().Namespace == "Armature.Clustering.Transport");
    }

    [Theory]
    [InlineData("Armature.Batching.NodeService")]
    [InlineData("Armature.Caching.CacheService")]
    [InlineData("Armature.Clustering.MemberService")]
    public void Compose_Defaults_OrleansSaysNothingOfRangesInOurName(string category)
    {
        using var host = TestHost.Build();

        host.Services.GetRequiredService<IOptions<LoggerFilterOptions>>().Value.Rules.ShouldContain(
            rule => rule.CategoryName == category && rule.LogLevel == LogLevel.Warning);
    }

    [Fact]
    public async Task Compose_NoRedis_RecordsAreInTheDataFolder()
    {
        using var folder = new TemporaryFolder();
        await using var services = (ServiceProvider)TestHost.Build(configure: options => options.DataFolder = folder.Path).Services;

        services.GetRequiredService<IRecordStore>().Location.ShouldBe(folder.File("records"));
    }

    [Fact]
    public async Task Compose_Redis_RecordsAreInRedis()
    {
        await using var services = (ServiceProvider)TestHost.Build(configure: options => options.Redis.ConnectionString = "127.0.0.1:1").Services;

        services.GetRequiredService<IRecordStore>().Location.ShouldBe("redis 127.0.0.1:1 {armature}/armature/records");
    }

    [Fact]
    public async Task Compose_RecordsInMemory_LeaveNothingInTheDataFolder()
    {
        using var folder = new TemporaryFolder();
        await using var services = (ServiceProvider)TestHost.Build(configure: options =>
        {
            options.DataFolder = folder.Path;
            options.Storage.Records = RecordStoreKind.Memory;
        }).Services;

        services.GetRequiredService<IRecordStore>().ShouldBeOfType<InMemoryRecordStore>();
        Directory.Exists(folder.File("records")).ShouldBeFalse();
    }
}
