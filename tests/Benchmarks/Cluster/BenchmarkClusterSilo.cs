using Armature.Batching;

namespace Armature.Benchmarks;

/// <summary>This program as a silo of a <see cref="BenchmarkCluster"/>.</summary>
internal static class BenchmarkClusterSilo
{
    /// <summary>The argument by which the program is told to be one; how slow follows.</summary>
    public const string Argument = "silo";

    /// <summary>Runs until it is stopped.</summary>
    /// <param name="slowness">How many times as long as on a fast silo work takes.</param>
    public static Task<int> RunAsync(int slowness)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddArmature();
        builder.UseOrleans(silo => silo.AddGrainService<FloorService>());
        builder.Services.AddSingleton<FloorSilos>();
        builder.Services.AddSingleton(services => new SiloSlots(slowness, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddBatchHandler<SimulatedWork>(SimulatedWork.Name, options => options.Capacity = BatchCapacity.Fixed(SiloSlots.Count));
        var app = builder.Build();
        app.MapArmature();
        return app.RunArmatureAsync();
    }
}
