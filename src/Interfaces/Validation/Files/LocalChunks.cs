using System.Collections.Concurrent;

namespace Armature.Validation.Files;

/// <summary>
/// Bytes that a silo's own process hands to itself: where client and silo are one process, the chunks of a file and their keys are
/// passed by reference and copied nowhere. Thread-safe.
/// </summary>
public sealed class LocalChunks
{
    private readonly ConcurrentDictionary<(Guid Run, int Index), ReadOnlyMemory<byte>> _chunks = new();
    private readonly ConcurrentDictionary<(Guid Run, int Index), byte[]> _keys = new();

    /// <summary>How many pieces there are.</summary>
    public int Count => _chunks.Count + _keys.Count;

    internal void Put(Guid run, int index, ReadOnlyMemory<byte> bytes) => _chunks[(run, index)] = bytes;

    internal bool TryGet(Guid run, int index, out ReadOnlyMemory<byte> bytes) => _chunks.TryGetValue((run, index), out bytes);

    internal void Drop(Guid run, int index) => _chunks.TryRemove((run, index), out _);

    /// <summary>Puts the keys of a chunk; those of one that was dropped meanwhile nobody would take.</summary>
    internal void PutKeys(Guid run, int index, byte[] keys)
    {
        _keys[(run, index)] = keys;
        if (!_chunks.ContainsKey((run, index)))
        {
            _keys.TryRemove((run, index), out _);
        }
    }

    internal byte[]? TakeKeys(Guid run, int index) => _keys.TryRemove((run, index), out var keys) ? keys : null;

    /// <summary>Drops the keys of a run; what a part leaves that was started twice is among them.</summary>
    internal void DropKeys(Guid run)
    {
        foreach (var key in _keys.Keys.Where(key => key.Run == run))
        {
            _keys.TryRemove(key, out _);
        }
    }
}
