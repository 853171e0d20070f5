using Armature.Batching;
using Armature.Caching;
using Armature.Clustering;
using Armature.Images;
using Armature.Rendering;
using Armature.Validation;

namespace Armature;

/// <summary>
/// What a caller holds: one client per system. Taken from the container; thread-safe; lives as long as the container.
/// </summary>
/// <param name="batches">The batch engine.</param>
/// <param name="caches">The caches.</param>
/// <param name="images">Image jobs.</param>
/// <param name="rendering">Page rendering.</param>
/// <param name="validation">Rules for many records.</param>
/// <param name="cluster">The cluster itself.</param>
public sealed class ArmatureClient(
    BatchClient batches, CacheClients caches, ImageClient images, RenderingClient rendering, ValidationClient validation, ClusterClient cluster)
{
    /// <summary>Batches: one handler over many items, on every core of every silo.</summary>
    public BatchClient Batches => batches;

    /// <summary>Images: resize, crop, mark and convert, many variants from one decode.</summary>
    public ImageClient Images => images;

    /// <summary>Rendering: the pages of a JavaScript site, one or all of them.</summary>
    public RenderingClient Rendering => rendering;

    /// <summary>Validation: the rules of a record, over many of them.</summary>
    public ValidationClient Validation => validation;

    /// <summary>The cluster itself: its silos, and what they have to do.</summary>
    public ClusterClient Cluster => cluster;

    /// <summary>A cache: values by key in the silos' memory, many in one round trip. Calls nobody, and costs next to nothing.</summary>
    /// <typeparam name="T">The values.</typeparam>
    /// <param name="name">The cache's name: 1 to 100 characters without control characters. It need not be made known before.</param>
    /// <param name="format">How values are bytes: the same for all who use this cache.</param>
    /// <param name="near">
    /// How copies of entries are kept in this process, that a key which was read lately is read again without a call; null for none.
    /// Clients of one cache with equal options share their copies.
    /// </param>
    /// <exception cref="ArgumentException">It is no name, or the format does not go with the values.</exception>
    public CacheClient<T> Cache<T>(string name, CacheFormat format = CacheFormat.Json, NearCacheOptions? near = null) => caches.Create<T>(name, format, near);

    /// <summary>A cache whose values a serializer of your own writes.</summary>
    /// <typeparam name="T">The values.</typeparam>
    /// <param name="name">The cache's name: 1 to 100 characters without control characters. It need not be made known before.</param>
    /// <param name="serializer">How values are bytes: the same for all who use this cache.</param>
    /// <param name="near">
    /// How copies of entries are kept in this process, that a key which was read lately is read again without a call; null for none.
    /// Clients of one cache with equal options share their copies.
    /// </param>
    /// <exception cref="ArgumentException">It is no name.</exception>
    public CacheClient<T> Cache<T>(string name, ICacheSerializer serializer, NearCacheOptions? near = null) => caches.Create<T>(name, serializer, near);

    /// <summary>A cache of raw bytes. Inside a silo's process nothing is copied on the way out: what is read is the cache's own, and must not be changed.</summary>
    /// <param name="name">The cache's name: 1 to 100 characters without control characters. It need not be made known before.</param>
    /// <param name="near">
    /// How copies of entries are kept in this process, that a key which was read lately is read again without a call; null for none.
    /// Clients of one cache with equal options share their copies.
    /// </param>
    /// <exception cref="ArgumentException">It is no name.</exception>
    public CacheClient<ReadOnlyMemory<byte>> Cache(string name, NearCacheOptions? near = null) => caches.Create<ReadOnlyMemory<byte>>(name, CacheFormat.Raw, near);
}
