using System.Text;

namespace Armature.Validation.Records;

/// <summary>Finds columns by their names in UTF-8.</summary>
internal sealed class MemberNames
{
    private readonly byte[][] _names;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _columns;

    public MemberNames(IReadOnlyList<string> names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        var columns = new Dictionary<byte[], int>(new ByteComparer());
        for (var column = 0; column < _names.Length; column++)
        {
            columns.TryAdd(_names[column], column);
        }

        _columns = columns.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public static MemberNames None { get; } = new([]);

    /// <summary>The column of this name; -1 when there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="expected">The column that it probably is: most files have all members in one order.</param>
    public int Find(ReadOnlySpan<byte> name, int expected)
    {
        if (expected < _names.Length && name.SequenceEqual(_names[expected]))
        {
            return expected;
        }

        return _columns.TryGetValue(name, out var column) ? column : -1;
    }

    private sealed class ByteComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);

        public bool Equals(ReadOnlySpan<byte> one, byte[] other) => one.SequenceEqual(other);

        public int GetHashCode(byte[] name) => GetHashCode(name.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> name)
        {
            var hash = new HashCode();
            hash.AddBytes(name);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> name) => name.ToArray();
    }
}
