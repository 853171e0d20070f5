using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>The cluster that a client talks to.</summary>
public sealed class ClientClusterOptions
{
    /// <summary>The cluster's name.</summary>
    /// <value>Default: <c>armature</c>.</value>
    [Required, StringLength(100)]
    public string ClusterId { get; set; } = "armature";

    /// <summary>The service's name.</summary>
    /// <value>Default: <c>armature</c>.</value>
    [Required, StringLength(100)]
    public string ServiceId { get; set; } = "armature";

    /// <summary>The cluster's secret.</summary>
    /// <value>Default: none.</value>
    public string? Secret { get; set; }

    /// <summary>How long a silo may take to prove that it knows the secret too.</summary>
    /// <value>Default: 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
