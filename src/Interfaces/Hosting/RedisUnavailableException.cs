namespace Armature.Hosting;

/// <summary>No Redis answered within the time that a start waits for it.</summary>
[GenerateSerializer, Alias("armature.hosting.redis-unavailable-exception")]
public sealed class RedisUnavailableException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public RedisUnavailableException(string endpoints, TimeSpan waited, string reason, Exception? innerException)
        : base(
            $"No Redis answers at {endpoints} after {waited.TotalSeconds:0.#} s ({reason}). "
            + "Start Redis there or correct Armature:Redis:ConnectionString (ARMATURE__REDIS__CONNECTIONSTRING); "
            + "without that option a silo runs alone on this machine. Armature:Redis:StartupTimeout says how long to wait.",
            innerException)
    {
        Endpoints = endpoints;
        Waited = waited;
    }

    /// <summary>The servers that were asked, without any password.</summary>
    [Id(0)]
    public string Endpoints { get; }

    /// <summary>How long.</summary>
    [Id(1)]
    public TimeSpan Waited { get; }
}
