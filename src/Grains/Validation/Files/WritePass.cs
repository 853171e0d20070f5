using System.Buffers;
using Armature.Validation.Records;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>
/// Checks the records of a chunk once more, now that its place in the file and the failures of its keys are known, and writes what
/// was asked for: failures, good records, bad records.
/// </summary>
internal sealed class WritePass(TableProgram program, FileKeySet[] sets)
{
    private readonly RecordCheck _check = new(program);
    private readonly PackedFailures _failures = new();
    private readonly ArrayBufferWriter<byte> _good = new();
    private readonly ArrayBufferWriter<byte> _bad = new();
    private readonly ArrayBufferWriter<byte> _value = new();
    private readonly Dictionary<int, int[]> _keyColumns = sets.DistinctBy(static set => set.Rule).ToDictionary(static set => set.Rule, static set => set.Columns);

    /// <summary>Writes a chunk.</summary>
    public FileChunkResult Run<TReader>(ref TReader reader, ReadOnlySpan<byte> chunk, FileChunkJob job)
        where TReader : IRecordReader, allows ref struct
    {
        var writing = job.Writing!;
        var counts = new long[program.Rules.Length];
        using var report = writing.Report is { } format ? new FailureLines(format, program.Rules) : null;
        ReadOnlySpan<KeyFailure> keys = writing.Keys;
        var records = 0;
        var bad = 0;
        while (reader.Read())
        {
            records++;
            var broken = _check.Check(ref reader);
            var ofKeys = OfRecord(keys, reader.Record);
            keys = keys[ofKeys.Length..];
            var isBad = !broken.IsEmpty || !ofKeys.IsEmpty;
            if (isBad)
            {
                bad++;
                Tell(ref reader, broken, ofKeys, job, counts, report);
            }

            if (isBad ? writing.Bad : writing.Good)
            {
                Copy(chunk.Slice(reader.Offset, reader.Length), isBad ? _bad : _good);
            }
        }

        return new()
        {
            Index = job.Index,
            Records = records,
            BadRecords = bad,
            Lines = reader.LineCount,
            Counts = counts,
            Failures = _failures.Take(),
            Report = report?.Take() ?? [],
            Good = Take(_good),
            Bad = Take(_bad),
        };
    }

    private static ReadOnlySpan<KeyFailure> OfRecord(ReadOnlySpan<KeyFailure> keys, int record)
    {
        var count = 0;
        while (count < keys.Length && keys[count].Record == record)
        {
            count++;
        }

        return keys[..count];
    }

    private static void Copy(ReadOnlySpan<byte> record, ArrayBufferWriter<byte> to)
    {
        to.Write(record);
        to.Write("\n"u8);
    }

    private static byte[] Take(ArrayBufferWriter<byte> written)
    {
        var taken = written.WrittenSpan.ToArray();
        written.ResetWrittenCount();
        return taken;
    }

    /// <summary>Tells of a record's failures in the order of the rules: both lists are in that order.</summary>
    private void Tell<TReader>(
        ref TReader reader, scoped ReadOnlySpan<int> broken, scoped ReadOnlySpan<KeyFailure> keys, FileChunkJob job, long[] counts, FailureLines? report)
        where TReader : IRecordReader, allows ref struct
    {
        while (!broken.IsEmpty || !keys.IsEmpty)
        {
            var isOfKeys = broken.IsEmpty || (!keys.IsEmpty && keys[0].Rule < broken[0]);
            var rule = isOfKeys ? keys[0].Rule : broken[0];
            var firstRow = isOfKeys ? keys[0].FirstRow : 0;
            counts[rule]++;
            var value = ValueOf(ref reader, rule, out var hasValue);
            if (_failures.Count < job.MaxFailures)
            {
                _failures.Add(reader.Record, reader.Line, rule, firstRow, value, hasValue);
            }

            report?.Add(job.Writing!.FirstRow + reader.Record, job.Writing.FirstLine + reader.Line, rule, firstRow, value, hasValue);
            broken = isOfKeys ? broken : broken[1..];
            keys = isOfKeys ? keys[1..] : keys;
        }
    }

    private ReadOnlySpan<byte> ValueOf<TReader>(ref TReader reader, int rule, out bool hasValue)
        where TReader : IRecordReader, allows ref struct
    {
        var known = program.Rules[rule];
        hasValue = !known.IsSensitive && reader.Fault == RecordFault.None;
        if (!hasValue)
        {
            return default;
        }

        if (known.Column >= 0)
        {
            return ShownValue.Cut(reader.Cell(known.Column));
        }

        _value.ResetWrittenCount();
        foreach (var column in _keyColumns[rule])
        {
            if (_value.WrittenCount > 0)
            {
                _value.Write(", "u8);
            }

            _value.Write(ShownValue.Cut(reader.Cell(column)));
        }

        return ShownValue.Cut(_value.WrittenSpan);
    }
}
