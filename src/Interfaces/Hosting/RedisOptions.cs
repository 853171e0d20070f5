using System.ComponentModel.DataAnnotations;

namespace Armature.Hosting;

/// <summary>The Redis server that makes several processes one cluster. Section <c>Armature:Redis</c>.</summary>
public sealed class RedisOptions
{
    /// <summary>Where Redis is, as StackExchange.Redis writes it (<c>host:6379,password=...</c>). Its password is never logged.</summary>
    /// <value>Default: none; the silo is then alone and keeps everything on this machine.</value>
    public string? ConnectionString { get; set; }

    /// <summary>How long a start waits for a Redis that does not answer before it gives up.</summary>
    /// <value>Default: 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StartupTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>True when a server was named.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(ConnectionString);
}
