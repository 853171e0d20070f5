using System.Buffers;
using System.Text;

namespace Armature.Validation.Files;

/// <summary>Puts together what the rows of a chunk break, in their order. Used once.</summary>
internal sealed class RowResults<T>(FileRowsJob<T> job, ReadRows<T> read, ReadOnlyMemory<byte> bytes)
{
    private readonly BrokenRules _broken = new(read.KnownRules);
    private readonly PackedFailures _failures = new();
    private readonly ArrayBufferWriter<byte> _good = new();
    private readonly ArrayBufferWriter<byte> _bad = new();

    /// <summary>The result of the chunk.</summary>
    /// <param name="reports">What the rules say of each record.</param>
    public FileChunkResult Of(IReadOnlyList<ValidationReport> reports)
    {
        var bad = 0;
        var next = 0;
        foreach (var (place, row) in read.Rows.Index())
        {
            var isBad = row.Unread.Length > 0 ? Tell(place, row) : Tell(place, row, reports[next++]);
            bad += isBad ? 1 : 0;
            if (isBad ? job.Bad : job.Good)
            {
                Copy(row, isBad ? _bad : _good);
            }
        }

        return new()
        {
            Index = job.Chunk.Index,
            Records = read.Rows.Count,
            BadRecords = bad,
            Lines = read.Lines,
            Counts = _broken.Counts,
            Found = _broken.Found,
            Failures = _failures.Take(),
            Good = _good.WrittenSpan.ToArray(),
            Bad = _bad.WrittenSpan.ToArray(),
        };
    }

    private bool Tell(int place, ReadRow row)
    {
        foreach (var (rule, value) in row.Unread)
        {
            _broken.Count(rule);
            if (_failures.Count < job.Chunk.MaxFailures)
            {
                _failures.Add(place, row.Line, rule, 0, value, value is not null);
            }
        }

        return true;
    }

    private bool Tell(int place, ReadRow row, ValidationReport report)
    {
        foreach (var failure in report.Failures)
        {
            _broken.Count(failure);
            if (_failures.Count < job.Chunk.MaxFailures)
            {
                var value = ValueOf(failure);
                _failures.Add(place, row.Line, _broken.PlaceOf(failure), 0, value, value is not null);
            }
        }

        return !report.IsValid;
    }

    // The row as a whole is no value of a column, and what it writes of itself has those in it that are not to be shown.
    private static byte[]? ValueOf(ValidationFailure failure) => failure is { Path.Length: > 0, Value: { } value } ? Encoding.UTF8.GetBytes(value) : null;

    private void Copy(ReadRow row, ArrayBufferWriter<byte> to)
    {
        to.Write(bytes.Span.Slice(row.Offset, row.Length));
        to.Write("\n"u8);
    }
}
