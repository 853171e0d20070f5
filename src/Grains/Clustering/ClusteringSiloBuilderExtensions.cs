using Armature.Clustering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Hosting;

/// <summary>Adds what a silo knows of its cluster.</summary>
public static class ClusteringSiloBuilderExtensions
{
    /// <summary>Adds the <see cref="MembershipLease"/> and what keeps it, and what tells others of this silo. Needs <c>AddBatching</c>.</summary>
    public static ISiloBuilder AddMembership(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddQuietGrainService<MemberService>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<MembershipLease>();
        builder.Services.TryAddSingleton<Members>();
        builder.Services.TryAddSingleton<IWitnesses>(static provider => provider.GetRequiredService<Members>());
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, LeaseKeeper>();
        return builder;
    }
}
