using Armature.Hosting;

namespace Armature.Health;

/// <summary>Whether the cluster counts this silo as active.</summary>
internal sealed class SiloActive(ISiloStatusOracle oracle) : IReadinessCondition
{
    public string? Problem => oracle.CurrentStatus == SiloStatus.Active ? null : $"The silo is {oracle.CurrentStatus}.";
}
