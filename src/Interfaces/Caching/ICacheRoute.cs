namespace Armature.Caching;

/// <summary>
/// The way of a request to the silos that hold its keys. In a silo's own process it leads straight there; elsewhere through a door
/// grain. Taken from the container: a silo registers the short one.
/// </summary>
public interface ICacheRoute
{
    /// <summary>Does what is asked for, whatever its size; asks again where partitions move.</summary>
    /// <exception cref="CallUnansweredException">Some of the keys' silos did not answer in time.</exception>
    ValueTask<CacheReply> CallAsync(CacheRequest request, CancellationToken cancellationToken);
}
