namespace Armature.Benchmarks;

/// <summary>What a silo of the suite can do at a time, and how slow it is. Work is simulated I/O: a wait.</summary>
internal sealed class SiloSlots(int slowness, TimeProvider time) : IDisposable
{
    /// <summary>Items that a silo works on at a time.</summary>
    public const int Count = 4;

    private readonly SemaphoreSlim _slots = new(Count);

    /// <summary>Waits as long as an item takes on this silo.</summary>
    public Task WorkAsync(int milliseconds, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(milliseconds * slowness), time, cancellationToken);

    /// <summary>The same, in one of this silo's slots: for grains that nobody keeps from running all at once.</summary>
    public async Task WorkInSlotAsync(int milliseconds)
    {
        await _slots.WaitAsync();
        try
        {
            await WorkAsync(milliseconds, CancellationToken.None);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}
