using Armature.Clustering;

namespace Armature.Hosting;

/// <summary>Waits for Redis before the silo needs it.</summary>
internal sealed class RedisCheck(RedisStartup redis) : IStartupCheck
{
    public Task CheckAsync(CancellationToken cancellationToken) => redis.WaitAsync(cancellationToken);
}
