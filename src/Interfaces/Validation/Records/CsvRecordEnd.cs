namespace Armature.Validation.Records;

/// <summary>Where a record of CSV ends, with what was counted from the chunk's beginning up to there.</summary>
/// <param name="Stop">The place in <see cref="CsvIndex.Stops"/> of what ends it.</param>
/// <param name="Quotes">Quotes.</param>
/// <param name="QuotedLines">Line ends within quotes.</param>
/// <param name="Unusual">Bytes that are NUL or not ASCII.</param>
internal readonly record struct CsvRecordEnd(int Stop, int Quotes, int QuotedLines, int Unusual);
