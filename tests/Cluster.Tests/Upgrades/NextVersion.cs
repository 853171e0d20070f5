using System.Reflection;
using Armature.Testing.Processes;

namespace Armature.Upgrades;

/// <summary>A silo of the build that replaces TestSilo: it has one handler more, and its parcels one field more.</summary>
internal static class NextVersion
{
    private static readonly string Assembly = Path.GetFullPath(typeof(NextVersion).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "NextSilo")
        .Value!);

    public static SiloProcess LaunchNextSilo(this SiloCluster cluster) =>
        cluster.LaunchSilo(cluster.NewMember() with { Assembly = Assembly });
}
