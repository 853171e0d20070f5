using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;

namespace Armature.Caching;

/// <summary>A cache of the cluster as ASP.NET Core and HybridCache know one.</summary>
internal sealed class DistributedCache(CacheClient<ReadOnlyMemory<byte>> cache, TimeProvider time) : IBufferDistributedCache
{
    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        (await ReadAsync(key, token).ConfigureAwait(false))?.ToArray();

    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (await ReadAsync(key, token).ConfigureAwait(false) is not { } found)
        {
            return false;
        }

        destination.Write(found.Span);
        return true;
    }

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        await SetAsync(key, new ReadOnlySequence<byte>(value), options, token).ConfigureAwait(false);
    }

    public async ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(options);
        var (bytes, expiry) = DistributedEntry.Write(value, options, time.GetUtcNow());
        await cache.SetAsync(key, bytes, new() { Ttl = expiry }, token).ConfigureAwait(false);
    }

    /// <summary>A read moves a sliding expiry.</summary>
    public async Task RefreshAsync(string key, CancellationToken token = default) => await ReadAsync(key, token).ConfigureAwait(false);

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        await cache.DeleteAsync(key, token).ConfigureAwait(false);
    }

    public byte[]? Get(string key) => Block(() => GetAsync(key));

    public bool TryGet(string key, IBufferWriter<byte> destination) => Block(() => TryGetAsync(key, destination).AsTask());

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => Block(() => SetAsync(key, value, options));

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => Block(() => SetAsync(key, value, options).AsTask());

    public void Refresh(string key) => Block(() => RefreshAsync(key));

    public void Remove(string key) => Block(() => RemoveAsync(key));

    private async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string key, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = await cache.GetAsync(key, token).ConfigureAwait(false);
        return found.HasValue ? DistributedEntry.Read(found.Value, time.GetUtcNow()) : null;
    }

    // The interface asks for calls that block. On the pool they do not wait for a scheduler that they hold up themselves, as a grain's.
    private static void Block(Func<Task> call) => Task.Run(call).GetAwaiter().GetResult();

    private static T Block<T>(Func<Task<T>> call) => Task.Run(call).GetAwaiter().GetResult();
}
