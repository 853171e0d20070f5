namespace Armature.Validation.Records;

/// <summary>Reads the records of one chunk, which begins and ends where records do. Blank lines are no records.</summary>
internal interface IRecordReader
{
    /// <summary>What is wrong with the form of the record; its cells are not there then.</summary>
    RecordFault Fault { get; }

    /// <summary>The record's place among those of the chunk, from 0.</summary>
    int Record { get; }

    /// <summary>The line in the chunk on which the record begins, from 0, as editors count: line ends within quotes count too.</summary>
    int Line { get; }

    /// <summary>Where the record's bytes begin in the chunk.</summary>
    int Offset { get; }

    /// <summary>How many bytes the record has, without its line end.</summary>
    int Length { get; }

    /// <summary>Line ends read so far, the record's own and those of blank lines among them; when <see cref="Read"/> has said false, those of the chunk.</summary>
    int LineCount { get; }

    /// <summary>Reads on to the next record; false at the chunk's end.</summary>
    bool Read();

    /// <summary>A cell of the record as UTF-8 bytes without its quotes. Valid up to the next call of <see cref="Read"/> or of this for the same cell.</summary>
    /// <param name="column">The cell's place, from 0, less than the number of columns.</param>
    ReadOnlySpan<byte> Cell(int column);
}
