using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>This process as a member of its cluster. Section <c>Armature:Cluster</c>.</summary>
public sealed class ClusterOptions
{
    /// <summary>The fewest characters of a cluster secret.</summary>
    public const int MinSecretLength = 16;

    /// <summary>The cluster's name: only processes of one name form a cluster.</summary>
    /// <value>Default: <c>armature</c>.</value>
    [Required, StringLength(100)]
    public string ClusterId { get; set; } = "armature";

    /// <summary>The service's name, under which state outlives a cluster.</summary>
    /// <value>Default: <c>armature</c>.</value>
    [Required, StringLength(100)]
    public string ServiceId { get; set; } = "armature";

    /// <summary>What this process does.</summary>
    /// <value>Default: <see cref="SiloRoles.Compute"/> and <see cref="SiloRoles.Gateway"/>.</value>
    public SiloRoles Roles { get; set; } = SiloRoles.Compute | SiloRoles.Gateway;

    /// <summary>The port on which silos reach this one; 0 takes a free one.</summary>
    /// <value>Default: 11111.</value>
    [Range(0, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port on which Orleans clients reach this silo; 0 takes a free one.</summary>
    /// <value>Default: 30000.</value>
    [Range(0, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>The IP address on which both ports listen. Any other than loopback needs a <see cref="Secret"/>.</summary>
    /// <value>Default: 127.0.0.1.</value>
    [Required]
    public string ListenAddress { get; set; } = "127.0.0.1";

    /// <summary>The IP address under which others reach this silo.</summary>
    /// <value>Default: <see cref="ListenAddress"/>, and where that is 0.0.0.0 or :: the machine's first own address.</value>
    public string? AdvertisedAddress { get; set; }

    /// <summary>The silo port that others dial, where it differs from <see cref="SiloPort"/>.</summary>
    /// <value>Default: <see cref="SiloPort"/>.</value>
    [Range(1, 65_535)]
    public int? AdvertisedSiloPort { get; set; }

    /// <summary>The gateway port that others dial, where it differs from <see cref="GatewayPort"/>.</summary>
    /// <value>Default: <see cref="GatewayPort"/>.</value>
    [Range(1, 65_535)]
    public int? AdvertisedGatewayPort { get; set; }

    /// <summary>Shared by all members and clients, who prove that they know it before anything else is read from a connection.</summary>
    /// <value>Default: none, which is allowed on loopback only.</value>
    public string? Secret { get; set; }

    /// <summary>How long the other side of a new connection may take to prove that it knows the secret.</summary>
    /// <value>Default: 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// New connections on one port that have not proved yet that they know the secret. Beyond that, further ones are closed at once;
    /// members and clients try again.
    /// </summary>
    /// <value>Default: 256.</value>
    [Range(1, 100_000)]
    public int MaxHandshakes { get; set; } = 256;

    /// <summary>How long a stop (SIGTERM) may take to finish calls and hand over grains.</summary>
    /// <value>Default: 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan ShutdownBudget { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How members notice that another is dead.</summary>
    public MembershipOptions Membership { get; } = new();
}
