using Armature.Validation.Records;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>Checks the records of a chunk: counts what they break, tells of the first failures, takes their keys.</summary>
internal sealed class CheckPass(TableProgram program, RecordKeys? keys)
{
    private readonly RecordCheck _check = new(program);
    private readonly PackedFailures _failures = new();

    /// <summary>Checks a chunk.</summary>
    /// <returns>Its result, and its keys when there are any to take.</returns>
    public (FileChunkResult Result, byte[]? Keys) Run<TReader>(ref TReader reader, int chunk, int maxFailures)
        where TReader : IRecordReader, allows ref struct
    {
        var counts = new long[program.Rules.Length];
        var records = 0;
        var bad = 0;
        while (reader.Read())
        {
            records++;
            var broken = _check.Check(ref reader);
            if (keys is not null && reader.Fault == RecordFault.None)
            {
                keys.Add(ref reader, chunk, isBad: !broken.IsEmpty);
            }

            if (broken.IsEmpty)
            {
                continue;
            }

            bad++;
            foreach (var rule in broken)
            {
                counts[rule]++;
                if (_failures.Count < maxFailures)
                {
                    Tell(ref reader, rule);
                }
            }
        }

        var result = new FileChunkResult
        {
            Index = chunk,
            Records = records,
            BadRecords = bad,
            Lines = reader.LineCount,
            Counts = counts,
            Failures = _failures.Take(),
        };
        return (result, keys?.Take());
    }

    private void Tell<TReader>(ref TReader reader, int rule)
        where TReader : IRecordReader, allows ref struct
    {
        var (column, hasValue) = program.Rules[rule] is { Column: >= 0, IsSensitive: false } shown ? (shown.Column, true) : (-1, false);
        _failures.Add(reader.Record, reader.Line, rule, 0, hasValue ? ShownValue.Cut(reader.Cell(column)) : default, hasValue);
    }
}
