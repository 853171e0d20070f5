using Armature.Validation.Records;

namespace Armature.Validation.Tables;

/// <summary>Makes objects of rows. For one thread at a time.</summary>
internal sealed class RowBinder<T>
{
    private const int FirstRule = (int)RecordFault.InvalidJson + 1;

    private readonly (int Column, CellReader Reader)[] _read;
    private readonly CellReader[] _readers;
    private readonly Func<CellReader[], T> _make;

    /// <param name="read">The columns that are read, from left to right.</param>
    /// <param name="readers">All readers, in the order of the plan.</param>
    /// <param name="make">Makes the object of what they have read.</param>
    public RowBinder((int Column, CellReader Reader)[] read, CellReader[] readers, Func<CellReader[], T> make)
    {
        _read = read;
        _readers = readers;
        _make = make;
    }

    /// <summary>Makes an object of the record that a reader is at, which has no fault. Tells of each cell that cannot be read (<see cref="RowPlan{T}.Rules"/>); then there is no object.</summary>
    public bool TryBind<TReader>(ref TReader reader, IRuleSink sink, out T row)
        where TReader : IRecordReader, allows ref struct
    {
        var isRead = true;
        for (var i = 0; i < _read.Length; i++)
        {
            if (!_read[i].Reader.TryRead(reader.Cell(_read[i].Column)))
            {
                sink.Break(FirstRule + i);
                isRead = false;
            }
        }

        row = default!;
        return isRead && TryMake(sink, out row);
    }

    private bool TryMake(IRuleSink sink, out T row)
    {
        try
        {
            row = _make(_readers);
            return true;
        }
#pragma warning disable CA1031 // it is this row's failure, and is said so
        catch (Exception)
#pragma warning restore CA1031
        {
            sink.Break(FirstRule + _read.Length);
            row = default!;
            return false;
        }
    }
}
