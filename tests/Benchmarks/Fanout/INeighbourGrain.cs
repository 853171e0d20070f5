namespace Armature.Benchmarks;

/// <summary>One activation is somebody else's grain on the same silo.</summary>
[Alias("armature.benchmarks.neighbour")]
internal interface INeighbourGrain : IGrainWithIntegerKey
{
    [Alias("ping")]
    Task PingAsync();
}

internal sealed class NeighbourGrain : Grain, INeighbourGrain
{
    public Task PingAsync() => Task.CompletedTask;
}
