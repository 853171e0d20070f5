using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Armature.Validation.Records;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>Takes the keys of one record after the other. For one thread at a time.</summary>
internal sealed class RecordKeys
{
    private const int HashBytes = 16;

    private readonly Part[] _parts;
    private readonly List<KeyEntry> _entries = [];
    private readonly byte[] _room = new byte[CellCheck.KeyRoom];
    private readonly byte[] _hashes;
    private readonly long _seed;

    private RecordKeys(Part[] parts, long seed)
    {
        _parts = parts;
        _seed = seed;
        _hashes = new byte[HashBytes * parts.Max(static part => part.Columns.Length)];
    }

    /// <summary>The keys of a table itself; null when it has none.</summary>
    /// <param name="program">The table's rules.</param>
    /// <param name="sets">Its sets of keys.</param>
    /// <param name="columns">The names of its columns.</param>
    /// <param name="seed">Mixed into all hashes.</param>
    public static RecordKeys? OfTable(TableProgram program, FileKeySet[] sets, string[] columns, long seed)
    {
        var own = sets.Where(static set => set.Kind != KeySetKind.Present).Select(set => new Part(set, set.Columns, ChecksOf(program, set), FamilyMask(seed, set.Family)));
        Part[] parts = [.. own, .. PresentIn(program, sets, "", columns, seed)];
        return parts.Length == 0 ? null : new(parts, seed);
    }

    /// <summary>The keys that a table refers to, in the file where they are.</summary>
    /// <param name="program">The rules of the table that refers.</param>
    /// <param name="sets">Its sets of keys.</param>
    /// <param name="resource">What it calls the file.</param>
    /// <param name="columns">The names of the file's columns.</param>
    /// <param name="seed">Mixed into all hashes.</param>
    public static RecordKeys OfReferenced(TableProgram program, FileKeySet[] sets, string resource, string[] columns, long seed) =>
        new([.. PresentIn(program, sets, resource, columns, seed)], seed);

    /// <summary>Takes the keys of a record that has its cells.</summary>
    public void Add<TReader>(ref TReader reader, int chunk, bool isBad)
        where TReader : IRecordReader, allows ref struct
    {
        foreach (var part in _parts)
        {
            if (TryHash(ref reader, part, isBad, out var hash))
            {
                _entries.Add(new((ulong)hash, (ulong)(hash >> 64), KeyEntry.PositionOf(chunk, reader.Record, isBad, part.Set.Number)));
            }
        }
    }

    /// <summary>All keys that were taken (<see cref="KeyEntry"/>), in the order of the records, and begins anew.</summary>
    public byte[] Take()
    {
        var packed = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_entries)).ToArray();
        _entries.Clear();
        return packed;
    }

    /// <summary>Keys that others refer to are read as those read theirs, so that equal ones are equal bytes.</summary>
    private static IEnumerable<Part> PresentIn(TableProgram program, FileKeySet[] sets, string resource, string[] columns, long seed)
    {
        var present = sets.Where(static set => set.Kind == KeySetKind.Present).Zip(program.References);
        return present
            .Where(pair => pair.Second.Resource == resource)
            .Select(pair => new Part(
                pair.First, [.. pair.Second.Fields.Select(field => Array.IndexOf(columns, field))], ChecksOf(program, pair.First), FamilyMask(seed, pair.First.Family)));
    }

    private static CellCheck[] ChecksOf(TableProgram program, FileKeySet set) => [.. set.Columns.Select(column => program.Columns[column])];

    // Keeps the keys of one family apart from those of others. A seed for each would not: XXH128 takes short texts that differ as their seeds do for one.
    private static UInt128 FamilyMask(long seed, int family)
    {
        Span<byte> mask = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes<long>([seed, family]), mask);
        return BinaryPrimitives.ReadUInt128LittleEndian(mask);
    }

    private bool TryHash<TReader>(ref TReader reader, Part part, bool isBad, out UInt128 hash)
        where TReader : IRecordReader, allows ref struct
    {
        if (part.Only is { } only && only.TryGetKey(reader.Cell(part.Column), _room, out var key))
        {
            hash = XxHash128.HashToUInt128(key, _seed) ^ part.Mask;
            return true;
        }

        return TryHashAll(ref reader, part, isBad, out hash);
    }

    private bool TryHashAll<TReader>(ref TReader reader, Part part, bool isBad, out UInt128 hash)
        where TReader : IRecordReader, allows ref struct
    {
        hash = default;
        for (var i = 0; i < part.Columns.Length; i++)
        {
            var room = _hashes.AsSpan(i * HashBytes, HashBytes);
            if (part.Checks[i].TryGetKey(reader.Cell(part.Columns[i]), _room, out var key))
            {
                XxHash128.Hash(key, room, _seed);
            }
            else if (part.Set.KeepsMissing && !isBad)
            {
                room.Clear();
            }
            else
            {
                return false;
            }
        }

        hash = XxHash128.HashToUInt128(_hashes.AsSpan(0, part.Columns.Length * HashBytes), _seed) ^ part.Mask;
        return true;
    }

    /// <summary>A set of keys with where its values are, how they are read, and what their hashes are mixed with.</summary>
    private sealed record Part(FileKeySet Set, int[] Columns, CellCheck[] Checks, UInt128 Mask)
    {
        /// <summary>The first column.</summary>
        public int Column { get; } = Columns[0];

        /// <summary>How it is read; null when there are others.</summary>
        public CellCheck? Only { get; } = Checks.Length == 1 ? Checks[0] : null;
    }
}
