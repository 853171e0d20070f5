namespace Armature.Clustering;

/// <summary>One silo as it is listed. What only the silo itself knows is null when it gave no answer.</summary>
internal sealed record SiloLine(
    string Silo,
    string Status,
    string? Version,
    string? Roles,
    int? CpuThreads,
    int? IoConcurrency,
    int? RunningItems,
    int? QueuedItems,
    int? CoordinatedBatches,
    DateTimeOffset? StartedAt)
{
    public static SiloLine Of(SiloDescription silo) => new(
        silo.Silo,
        StatusOf(silo),
        silo.Details?.Version,
        silo.Details?.Roles.ToString().ToLowerInvariant(),
        silo.Details?.CpuThreads,
        silo.Details?.IoConcurrency,
        silo.Details?.RunningItems,
        silo.Details?.QueuedItems,
        silo.Details?.CoordinatedBatches,
        silo.Details?.StartedAt);

    private static string StatusOf(SiloDescription silo) => silo switch
    {
        { Details: null } => "silent",
        { State: SiloState.Active, Details.IsCountedIn: false } => "stale",
        _ => silo.State.ToString().ToLowerInvariant(),
    };
}
