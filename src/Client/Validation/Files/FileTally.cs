using System.Collections.Immutable;
using System.Text;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>Adds up what the parts of a file found: 16 bytes a part, the counts, and the first failures.</summary>
/// <param name="rules">The rules that are known before.</param>
/// <param name="options">How many failures are shown.</param>
/// <param name="firstRow">The row of the first record.</param>
/// <param name="firstLine">The line below the header.</param>
internal sealed class FileTally(TableRule[] rules, FileValidationOptions options, long firstRow, long firstLine)
{
    // The row and line of the first record of each part, and of what follows the last.
    private readonly List<(long Row, long Line)> _places = [(firstRow, firstLine)];
    private readonly FileCounts _counts = new(rules);
    private readonly SortedDictionary<int, (byte[] Failures, FoundRule[] Found)> _shown = [];
    private long _shownCount;
    private long _writtenRows;

    /// <summary>Why the file ended before its end; null when it did not.</summary>
    public FileFault? Fault { get; set; }

    /// <summary>Rows that break a rule.</summary>
    public long BadRows { get; private set; }

    private long Rows => _places[^1].Row - firstRow;

    /// <summary>Adds the next part.</summary>
    public void Add(FileChunkResult result)
    {
        _places.Add((_places[^1].Row + result.Records, _places[^1].Line + result.Lines));
        BadRows += result.BadRecords;
        _counts.Add(result);
        if (_shownCount < options.MaxFailures && result.Failures.Length > 0)
        {
            _shown.Add(result.Index, (result.Failures, result.Found));
            _shownCount += result.Counts.Sum();
        }
    }

    /// <summary>Adds the keys that break their rule.</summary>
    /// <param name="found">In the order of the file.</param>
    /// <param name="sets">The sets of keys by their numbers.</param>
    public void AddKeys(IEnumerable<(ulong Position, ulong First)> found, FileKeySet[] sets)
    {
        var lastRecord = ulong.MaxValue;
        foreach (var (position, _) in found)
        {
            _counts.AddOne(sets[KeyEntry.SetOf(position)].Rule);
            var record = position >> 9;
            if (record != lastRecord && !KeyEntry.IsBad(position))
            {
                BadRows++;
            }

            lastRecord = record;
        }
    }

    /// <summary>The parts that must be looked at once more to show the first failures with those of keys among them.</summary>
    public HashSet<int> ChunksToShow(IEnumerable<(ulong Position, ulong First)> found) =>
        [.. found.Take(options.MaxFailures).Select(static key => KeyEntry.ChunkOf(key.Position))];

    /// <summary>Takes the failures of a part that was looked at once more, those of keys among them.</summary>
    public void AddWritten(FileChunkResult result)
    {
        _writtenRows += result.Records;
        if (result.Failures.Length > 0)
        {
            _shown[result.Index] = (result.Failures, result.Found);
        }
    }

    /// <summary>Rows done in a step.</summary>
    public long RowsOf(FileStep step) => step == FileStep.Writing ? _writtenRows : Rows;

    /// <summary>How many parts were checked.</summary>
    public int Parts => _places.Count - 1;

    /// <summary>Whether a part was checked.</summary>
    public bool Has(int chunk) => chunk < Parts;

    /// <summary>Whether a part has as many records and lines as it had when it was checked.</summary>
    public bool IsAsBefore(FileChunkResult result) =>
        _places[result.Index + 1] == (_places[result.Index].Row + result.Records, _places[result.Index].Line + result.Lines);

    /// <summary>The row of a part's first record.</summary>
    public long RowOf(int chunk) => _places[chunk].Row;

    /// <summary>The line of a part's first byte.</summary>
    public long LineOf(int chunk) => _places[chunk].Line;

    /// <summary>The rules by the places that failures of a part call them by.</summary>
    public TableRule[] RulesOf(FoundRule[] found) => found.Length == 0 ? rules : [.. rules, .. found.Select(static rule => rule.ToRule())];

    public FileReport ToReport() => new()
    {
        Rows = Rows,
        BadRows = BadRows,
        Counts = [.. _counts.ToReport()],
        Failures = [.. Shown().Take(options.MaxFailures)],
        Fault = Fault,
    };

    private IEnumerable<FileFailure> Shown() =>
        from part in _shown
        let known = RulesOf(part.Value.Found)
        from failure in PackedFailures.Read(part.Value.Failures)
        let rule = known[failure.Rule]
        select new FileFailure
        {
            Row = RowOf(part.Key) + failure.Record,
            Line = LineOf(part.Key) + failure.Line,
            Column = rule.Field,
            Code = rule.Code,
            Message = rule.Message,
            Value = failure.Value is { } value ? Encoding.UTF8.GetString(value.Span) : null,
            FirstRow = failure.FirstRow > 0 ? failure.FirstRow : null,
        };
}
