using StackExchange.Redis;

namespace Armature.Clustering;

/// <summary>The agreement of the silos of one Redis: a key for each name.</summary>
public sealed class RedisClusterIdentity(IConnectionMultiplexer redis, string serviceId) : IClusterIdentity
{
    /// <inheritdoc/>
    public async Task<string> AgreeAsync(string name, string value, CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        var earlier = await database
            .StringSetAndGetAsync(Key(name), value, when: When.NotExists)
            .WaitAsync(cancellationToken)
            .ConfigureAwait(false);
        return earlier.IsNull ? value : earlier.ToString();
    }

    /// <inheritdoc/>
    public string HowToForget(string name) => $"stop all silos and delete the key {Key(name)} in Redis";

    private string Key(string name) => $"{serviceId}/armature/{name}";
}
