using System.IO.Hashing;
using System.Runtime.InteropServices;
using Armature.Validation.Records;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>Takes the keys of one record after the other. For one thread at a time.</summary>
/// <param name="sets">The sets that are taken.</param>
/// <param name="checks">The checks by column: they know when values are equal.</param>
/// <param name="seed">Mixed into all hashes.</param>
internal sealed class RecordKeys(KeySet[] sets, CellCheck[] checks, long seed)
{
    private const int HashBytes = 16;

    private readonly List<KeyEntry> _entries = [];
    private readonly byte[] _room = new byte[CellCheck.KeyRoom];
    private readonly byte[] _hashes = new byte[HashBytes * sets.Max(static set => set.Columns.Length)];

    /// <summary>Takes the keys of a record that has its cells.</summary>
    public void Add<TReader>(ref TReader reader, int chunk, bool isBad)
        where TReader : IRecordReader, allows ref struct
    {
        foreach (var set in sets)
        {
            if (TryHash(ref reader, set, isBad, out var hash))
            {
                _entries.Add(new((ulong)hash, (ulong)(hash >> 64), KeyEntry.PositionOf(chunk, reader.Record, isBad, set.Number)));
            }
        }
    }

    /// <summary>All keys that were taken, by partition, and begins anew.</summary>
    public byte[] Take()
    {
        var packed = PackedKeys.Pack(CollectionsMarshal.AsSpan(_entries));
        _entries.Clear();
        return packed;
    }

    private bool TryHash<TReader>(ref TReader reader, KeySet set, bool isBad, out UInt128 hash)
        where TReader : IRecordReader, allows ref struct
    {
        var columns = set.Columns;
        var setSeed = seed + set.Family;
        if (columns.Length == 1 && checks[columns[0]].TryGetKey(reader.Cell(columns[0]), _room, out var only))
        {
            hash = XxHash128.HashToUInt128(only, setSeed);
            return true;
        }

        hash = default;
        if (columns.Length == 1 && !set.KeepsMissing)
        {
            return false;
        }

        for (var i = 0; i < columns.Length; i++)
        {
            var room = _hashes.AsSpan(i * HashBytes, HashBytes);
            if (checks[columns[i]].TryGetKey(reader.Cell(columns[i]), _room, out var key))
            {
                XxHash128.Hash(key, room, setSeed);
            }
            else if (set.KeepsMissing && !isBad)
            {
                room.Clear();
            }
            else
            {
                return false;
            }
        }

        hash = XxHash128.HashToUInt128(_hashes.AsSpan(0, columns.Length * HashBytes), setSeed);
        return true;
    }
}
