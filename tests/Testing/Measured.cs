using System.Diagnostics.Metrics;

namespace Armature.Testing;

/// <summary>What one meter measures on the thread that began this, until it is disposed of. What other tests do at the same time is left out.</summary>
public sealed class Measured : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Dictionary<string, long> _sums = [];
    private readonly MeterListener _listener;

    public Measured(string meter)
    {
        _listener = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == meter)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument.Name, value));
        _listener.Start();
    }

    /// <summary>The sum of what an instrument measured; 0 when nothing.</summary>
    public long this[string instrument] => _sums.GetValueOrDefault(instrument);

    /// <summary>Measures what is only measured when somebody asks.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(string instrument, long value)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _sums[instrument] = this[instrument] + value;
        }
    }
}
