using Armature.CommandLine;
using Armature.Hosting;

namespace Armature.Serving;

/// <summary>What <c>armature serve</c> was asked for. What is null is left to the configuration.</summary>
internal sealed record ServeArguments
{
    /// <summary>The cluster's Redis as HOST:PORT.</summary>
    public string? Redis { get; init; }

    /// <summary>What the process does.</summary>
    public SiloRoles? Roles { get; init; }

    /// <summary>The port for silos.</summary>
    public int? SiloPort { get; init; }

    /// <summary>The port for Orleans clients.</summary>
    public int? GatewayPort { get; init; }

    /// <summary>The port for HTTP.</summary>
    public int? HttpPort { get; init; }

    /// <summary>The options of every verb.</summary>
    public required CommonArguments Common { get; init; }
}
