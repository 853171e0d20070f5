using System.Diagnostics.Metrics;

namespace Armature.Caching;

/// <summary>The metrics of the values that callers make, on this silo.</summary>
internal static class LoadInstruments
{
    private static readonly Meter Meter = new(CachingInstruments.MeterName);
    private static readonly Counter<long> Begun = Count("begun", "{load}", "Keys that a caller was asked to make.");
    private static readonly Counter<long> TakenOver = Count("taken_over", "{load}", "Keys that were left to another caller: the first one gave up or died.");
    private static readonly Counter<long> Failed = Count("failed", "{load}", "Keys whose making failed.");
    private static readonly Counter<long> Stale = Count("stale", "{value}", "Values that had expired and were given, or sent along in case that the making fails.");
    private static readonly Gauge<int> Running = Meter.CreateGauge<int>("armature.caching.loads.running", "{key}", "Keys that are being made.");
    private static readonly Gauge<int> Waiting = Meter.CreateGauge<int>("armature.caching.loads.waiting", "{key}", "Keys that calls wait for.");

    /// <summary>Once in a while: how things stand now, and stood the time before.</summary>
    public static void OnLookedAfter(LoadStatistics now, LoadStatistics before)
    {
        Begun.Add(now.Begun - before.Begun);
        TakenOver.Add(now.TakenOver - before.TakenOver);
        Failed.Add(now.Failed - before.Failed);
        Stale.Add(now.Stale - before.Stale);
        Running.Record(now.Running);
        Waiting.Record(now.Waiting);
    }

    private static Counter<long> Count(string name, string unit, string description) =>
        Meter.CreateCounter<long>($"armature.caching.loads.{name}", unit, description);
}
