using System.Collections.Concurrent;

namespace Armature.Caching;

/// <summary>
/// Keys whose making failed lately and that have a value to give instead: nobody is asked to make them again for a while. Bounded: of
/// more keys it does not know. Thread-safe.
/// </summary>
/// <param name="max">Keys that it knows of.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadPauses(int max, TimeProvider time)
{
    private readonly ConcurrentDictionary<byte[], (long Version, long Until)> _pauses = new(KeyComparer.Instance);
    private readonly long _start = time.GetTimestamp();

    private long Now => (long)time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Begins a pause.</summary>
    /// <param name="key">The key.</param>
    /// <param name="version">The number of the value that it has: the pause ends with it.</param>
    /// <param name="milliseconds">How long it is.</param>
    public void Add(ReadOnlySpan<byte> key, long version, int milliseconds)
    {
        if (milliseconds > 0 && _pauses.Count < max)
        {
            _pauses[key.ToArray()] = (version, Now + milliseconds);
        }
    }

    /// <summary>True while there is a pause for a value.</summary>
    public bool Contains(ReadOnlySpan<byte> key, long version) =>
        !_pauses.IsEmpty
        && _pauses.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var pause)
        && pause.Version == version
        && pause.Until > Now;

    /// <summary>Forgets those that are over.</summary>
    public void RemoveOver()
    {
        var now = Now;
        foreach (var (key, pause) in _pauses.Where(pause => pause.Value.Until <= now))
        {
            _pauses.TryRemove(new(key, pause));
        }
    }
}
