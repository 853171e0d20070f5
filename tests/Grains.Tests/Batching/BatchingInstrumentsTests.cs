using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Armature.Batching;

public sealed class BatchingInstrumentsTests
{
    [Fact]
    public void Incidents_EachKind_IsCountedUnderItsName()
    {
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = Enable };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counted.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();
        var silo = new SiloLanes(SiloAddress.FromParsableString("127.0.0.1:1@1"), new() { Capacity = 1 });
        var incidents = new BatchIncidents("batch", NullLogger.Instance);

        incidents.OnJoined(silo);
        incidents.OnLeft(silo);
        incidents.OnRetried(new Work(PackedEntries.Empty, Attempt: 2), silo);
        incidents.OnReissued(new Work(PackedEntries.Empty, Attempt: 1), silo, silo);
        incidents.OnSuspected(3);
        incidents.OnCondemned(7, silo.Address, deaths: 2);
        incidents.OnRecovered(1, 2);

        // Other tests count at the same time.
        counted["armature.batching.silos.joined"].ShouldBeGreaterThanOrEqualTo(1);
        counted["armature.batching.silos.left"].ShouldBeGreaterThanOrEqualTo(1);
        counted["armature.batching.items.suspected"].ShouldBeGreaterThanOrEqualTo(3);
        counted["armature.batching.items.condemned"].ShouldBeGreaterThanOrEqualTo(1);
        counted["armature.batching.batches.recovered"].ShouldBeGreaterThanOrEqualTo(1);
        counted.Keys.ShouldContain("armature.batching.items.retried");
        counted.Keys.ShouldContain("armature.batching.items.reissued");

        static void Enable(Instrument instrument, MeterListener listener)
        {
            if (instrument.Meter.Name == BatchingInstruments.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        }
    }
}
