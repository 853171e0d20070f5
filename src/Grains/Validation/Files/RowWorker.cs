using Armature.Validation.Records;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>All that one thread needs to read the rows of one file as records of rules in code.</summary>
internal sealed class RowWorker<T> : IChunkPass<ReadRows<T>>, IRuleSink
{
    private readonly RowBinder<T> _binder;
    private readonly TableRule[] _rules;
    private readonly Func<string, bool> _mayShow;
    private readonly List<int> _broken = [];

    /// <summary>Prepares for a file.</summary>
    /// <param name="rules">How it is written.</param>
    /// <param name="mayShow">Whether the value of a field may be told.</param>
    public RowWorker(FileRules rules, Func<string, bool> mayShow)
    {
        var columns = rules.Header ?? RowPlan<T>.AllColumns();
        var plan = RowPlan<T>.Create(columns);
        Buffers = new(rules.Format, rules.Limits, columns);
        _binder = plan.CreateBinder();
        _rules = plan.Rules(rules.Limits.MaxRecordBytes, rules.Limits.MaxCellBytes);
        _mayShow = mayShow;
    }

    public RecordBuffers Buffers { get; }

    public ReadRows<T> Run<TReader>(ref TReader reader, ReadOnlySpan<byte> chunk, FileChunkJob job)
        where TReader : IRecordReader, allows ref struct
    {
        var records = new List<T>();
        var rows = new List<ReadRow>();
        while (reader.Read())
        {
            rows.Add(new(reader.Line, reader.Offset, reader.Length, Read(ref reader, records)));
        }

        return new(records, rows, _rules.Length, reader.LineCount);
    }

    public void Break(int rule) => _broken.Add(rule);

    /// <returns>Why the row is no record; empty when it is.</returns>
    private UnreadCell[] Read<TReader>(ref TReader reader, List<T> records)
        where TReader : IRecordReader, allows ref struct
    {
        if (reader.Fault != RecordFault.None)
        {
            return [new((int)reader.Fault, null)];
        }

        _broken.Clear();
        if (_binder.TryBind(ref reader, this, out var record))
        {
            records.Add(record);
            return [];
        }

        var cells = new UnreadCell[_broken.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = new(_broken[i], ValueOf(ref reader, _rules[_broken[i]]));
        }

        return cells;
    }

    private byte[]? ValueOf<TReader>(ref TReader reader, TableRule rule)
        where TReader : IRecordReader, allows ref struct =>
        rule.Column >= 0 && _mayShow(rule.Field!) ? ShownValue.Cut(reader.Cell(rule.Column)).ToArray() : null;
}
