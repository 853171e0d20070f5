using Armature.Hosting;

namespace Armature.Clustering;

/// <summary>What a silo says of itself.</summary>
[GenerateSerializer, Immutable, Alias("armature.clustering.silo-details")]
public sealed record SiloDetails
{
    /// <summary>The version of Armature that it runs, such as <c>0.1.0</c>.</summary>
    [Id(0)] public required string Version { get; init; }

    /// <summary>What its process does.</summary>
    [Id(1)] public required SiloRoles Roles { get; init; }

    /// <summary>Items at a time of handlers that compute.</summary>
    [Id(2)] public required int CpuThreads { get; init; }

    /// <summary>Items at a time of a handler that awaits, unless it was registered with a number of its own.</summary>
    [Id(3)] public required int IoConcurrency { get; init; }

    /// <summary>Items that its workers have now, of all batches.</summary>
    [Id(4)] public required int RunningItems { get; init; }

    /// <summary>Items that wait on it, of all batches.</summary>
    [Id(5)] public required int QueuedItems { get; init; }

    /// <summary>Batches that run and are coordinated by it.</summary>
    [Id(6)] public required int CoordinatedBatches { get; init; }

    /// <summary>False while it does not know whether the others still count it in, and so answers nothing as a member.</summary>
    [Id(7)] public required bool IsCountedIn { get; init; }

    /// <summary>When it started.</summary>
    [Id(8)] public required DateTimeOffset StartedAt { get; init; }
}
