namespace Armature.Caching;

/// <summary>What a caller does with values that have expired and are kept (<see cref="CacheLoadOptions.StaleFor"/>).</summary>
public enum StaleUse
{
    /// <summary>They are not there for it.</summary>
    None,

    /// <summary>It takes one when there is no newer one to be had.</summary>
    LastResort,

    /// <summary>It takes one at once when somebody else makes a newer one.</summary>
    AtOnce,
}
