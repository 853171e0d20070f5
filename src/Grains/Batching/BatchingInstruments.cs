using System.Diagnostics.Metrics;

namespace Armature.Batching;

/// <summary>The metrics of the batch engine on this silo: what went otherwise than planned in the batches that it coordinates.</summary>
internal static class BatchingInstruments
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Armature.Batching";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> SilosJoined = Count("silos.joined", "{silo}", "Silos that began to work on a batch after its start.");
    private static readonly Counter<long> SilosLeft = Count("silos.left", "{silo}", "Silos that left a batch before its end: stopped, died or were cut off.");
    private static readonly Counter<long> ItemsRetried = Count("items.retried", "{item}", "Items that failed and run again.");
    private static readonly Counter<long> ItemsReissued = Count("items.reissued", "{item}", "Items that were late and were started a second time on an idle silo.");
    private static readonly Counter<long> ItemsSuspected = Count("items.suspected", "{item}", "Items that were on a silo when it died, and run again alone.");
    private static readonly Counter<long> ItemsCondemned = Count("items.condemned", "{item}", "Items that were alone on a silo when it died, and do not run again.");
    private static readonly Counter<long> BatchesRecovered = Count("batches.recovered", "{batch}", "Durable batches that another coordinator had begun and this silo goes on with.");

    public static void OnSiloJoined() => SilosJoined.Add(1);

    public static void OnSiloLeft() => SilosLeft.Add(1);

    public static void OnItemsRetried(int items) => ItemsRetried.Add(items);

    public static void OnItemsReissued(int items) => ItemsReissued.Add(items);

    public static void OnItemsSuspected(int items) => ItemsSuspected.Add(items);

    public static void OnItemCondemned() => ItemsCondemned.Add(1);

    public static void OnBatchRecovered() => BatchesRecovered.Add(1);

    private static Counter<long> Count(string name, string unit, string description) =>
        Meter.CreateCounter<long>($"armature.batching.{name}", unit, description);
}
