using System.Diagnostics.Metrics;

namespace Armature.Caching;

/// <summary>The metrics of copies in this process, in the meter of the cache.</summary>
internal sealed class NearCacheInstruments : IDisposable
{
    private const string Prefix = "armature.caching.near";

    private static readonly Meter Shared = new("Armature.Caching");
    private static readonly Counter<long> Hits = Shared.CreateCounter<long>($"{Prefix}.hits", "{read}", "Reads that a copy in this process answered.");
    private static readonly Counter<long> Misses = Shared.CreateCounter<long>($"{Prefix}.misses", "{read}", "Reads for which the cluster was asked.");

    private readonly Meter _own = new(Shared.Name);

    /// <param name="count">How many copies there are.</param>
    public NearCacheInstruments(Func<long> count) =>
        _own.CreateObservableGauge($"{Prefix}.entries", count, "{entry}", "Copies in this process.");

    public static void OnRead(int reads, int misses)
    {
        Hits.Add(reads - misses);
        Misses.Add(misses);
    }

    public void Dispose() => _own.Dispose();
}
