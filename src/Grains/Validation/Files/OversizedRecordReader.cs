using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>Reads a chunk that is one record too long to be looked at.</summary>
internal struct OversizedRecordReader(int lines) : IRecordReader
{
    public readonly RecordFault Fault => RecordFault.RecordTooLong;

    public int Record { get; private set; } = -1;

    public readonly int Line => 0;

    public readonly int Offset => 0;

    public readonly int Length => 0;

    public readonly int LineCount => lines;

    public bool Read() => ++Record == 0;

    public readonly ReadOnlySpan<byte> Cell(int column) => default;
}
