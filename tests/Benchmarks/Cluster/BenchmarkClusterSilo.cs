using Armature.Batching;

namespace Armature.Benchmarks;

/// <summary>This program as a silo of a <see cref="BenchmarkCluster"/>.</summary>
internal static class BenchmarkClusterSilo
{
    /// <summary>The argument by which the program is told to be one.</summary>
    public const string Argument = "silo";

    public static Task<int> RunAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddArmature();
        builder.Services.AddSingleton<SiloSlots>();
        builder.Services.AddBatchHandler<SimulatedWork>(SimulatedWork.Name, options => options.Capacity = BatchCapacity.Fixed(SiloSlots.Count));
        var app = builder.Build();
        app.MapArmature();
        return app.RunArmatureAsync();
    }
}
