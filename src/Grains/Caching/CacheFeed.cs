using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Armature.Caching;

/// <summary>Asks all silos what was changed in their caches.</summary>
internal sealed partial class CacheFeed(ICacheSilos silos, ILogger<CacheFeed> logger) : ICacheFeed
{
    public async Task<ImmutableArray<CacheChanges>> ReadAsync(ImmutableDictionary<SiloAddress, long> since, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(silos.Active.Select(silo => TryReadAsync(silo, since, cancellationToken)));
        cancellationToken.ThrowIfCancellationRequested();
        return [.. answers.OfType<CacheChanges>()];
    }

    private async Task<CacheChanges?> TryReadAsync(SiloAddress silo, ImmutableDictionary<SiloAddress, long> since, CancellationToken cancellationToken)
    {
        try
        {
            return await silos.ReadChangesAsync(silo, since.TryGetValue(silo, out var position) ? position : null, cancellationToken);
        }
#pragma warning disable CA1031 // a silo that does not say what was changed is as good as gone: copies of its entries are not used
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnanswered(logger, exception, silo);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Silo {Silo} did not say what was changed in its caches")]
    private static partial void LogUnanswered(ILogger logger, Exception exception, SiloAddress silo);
}
