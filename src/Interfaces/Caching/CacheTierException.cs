namespace Armature.Caching;

/// <summary>What lies behind the cache did not answer, or not as it should. What was asked may have been done.</summary>
[GenerateSerializer, Alias("armature.caching.tier-exception")]
public sealed class CacheTierException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public CacheTierException(string location, string message, Exception? innerException = null)
        : base($"The cache's {location}: {message}", innerException)
    {
        Location = location;
    }

    /// <summary>The tier, as <see cref="ICacheTier.Location"/> tells it.</summary>
    [Id(0)]
    public string Location { get; }

    /// <summary>What kind of failure it is.</summary>
    [Id(1)]
    public CacheTierFault Fault { get; init; }
}
