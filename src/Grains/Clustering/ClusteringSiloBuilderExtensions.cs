using Armature.Clustering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Hosting;

/// <summary>Adds what a silo knows of its own membership.</summary>
public static class ClusteringSiloBuilderExtensions
{
    /// <summary>Adds the <see cref="MembershipLease"/> and what keeps it.</summary>
    public static ISiloBuilder AddMembershipLease(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddGrainService<WitnessService>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<MembershipLease>();
        builder.Services.TryAddSingleton<IWitnesses, Witnesses>();
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, LeaseKeeper>();
        return builder;
    }
}
