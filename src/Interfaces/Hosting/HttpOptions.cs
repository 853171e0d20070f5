using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>The HTTP side of the host. Section <c>Armature:Http</c>.</summary>
public sealed class HttpOptions
{
    /// <summary>The port of the HTTP endpoints; 0 takes a free one.</summary>
    /// <value>Default: none, so that ASP.NET Core's own settings decide (<c>ASPNETCORE_URLS</c>, else http://localhost:5000).</value>
    [Range(0, 65_535)]
    public int? Port { get; set; }

    /// <summary>The IP address on which <see cref="Port"/> listens. Any other than loopback needs a cluster secret.</summary>
    /// <value>Default: 127.0.0.1.</value>
    [Required]
    public string Address { get; set; } = "127.0.0.1";
}
