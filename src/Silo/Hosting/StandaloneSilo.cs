namespace Armature.Hosting;

/// <summary>A silo without Redis: alone on this machine, its small grain state in memory.</summary>
internal static class StandaloneSilo
{
    public static ISiloBuilder UseStandalone(this ISiloBuilder silo) => silo
        .UseDevelopmentClustering(primarySiloEndpoint: null)
        .AddMemoryGrainStorageAsDefault()
        .AddMemoryGrainStorage(StreamNames.PubSubStore)
        .UseInMemoryReminderService();
}
