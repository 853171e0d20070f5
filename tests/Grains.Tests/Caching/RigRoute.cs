using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;

namespace Armature.Caching;

/// <summary>The way from a client to the cache of a <see cref="NodeRig"/>, without a network.</summary>
internal sealed class RigRoute(NodeRig rig) : ICacheRoute, ICacheFeed
{
    private static readonly SiloAddress Silo = SiloAddress.New(System.Net.IPAddress.Loopback, 11_111, 1);

    /// <summary>The client of a cache, on the rig's clock.</summary>
    public static CacheClients ClientsOf(NodeRig rig)
    {
        var route = new RigRoute(rig);
        return ClientsOf(route, route, rig.Time);
    }

    public static CacheClients ClientsOf(ICacheRoute route, ICacheFeed feed, TimeProvider time) => new(route, feed, null!, time, NullLoggerFactory.Instance);

    public async ValueTask<CacheReply> CallAsync(CacheRequest request, CancellationToken cancellationToken)
    {
        CacheRequestCheck.ThrowIfInvalid(request);
        return (await rig.Node.AnswerAsync(request, long.MaxValue, cancellationToken)).Answer.ToReply();
    }

    public Task<ImmutableArray<CacheChanges>> ReadAsync(ImmutableDictionary<SiloAddress, long> since, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<CacheChanges>>([rig.Node.ReadChanges(since.TryGetValue(Silo, out var position) ? position : null, Silo)]);
}
