using Armature.Validation.Records;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>Checks one record after the other. For one thread at a time, as its program is.</summary>
internal sealed class RecordCheck(TableProgram program) : IRuleSink
{
    private readonly CellCheck[] _columns = program.Columns;
    private readonly int[] _broken = new int[program.Rules.Length];
    private int _brokenCount;

    /// <summary>The rules that a record breaks, in their order. Valid up to the next call.</summary>
    public ReadOnlySpan<int> Check<TReader>(ref TReader reader)
        where TReader : IRecordReader, allows ref struct
    {
        _brokenCount = 0;
        if (reader.Fault != RecordFault.None)
        {
            Break((int)reader.Fault);
            return _broken.AsSpan(0, 1);
        }

        var columns = _columns;
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i].Check(reader.Cell(i), this);
        }

        return _broken.AsSpan(0, _brokenCount);
    }

    public void Break(int rule) => _broken[_brokenCount++] = rule;
}
