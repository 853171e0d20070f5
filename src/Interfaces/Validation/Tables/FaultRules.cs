using System.Globalization;
using Armature.Validation.Records;

namespace Armature.Validation.Tables;

/// <summary>The rules of the form of records, each at the place that its fault has as a number.</summary>
internal static class FaultRules
{
    private static readonly RecordFault[] Faults =
    [
        RecordFault.RecordTooLong, RecordFault.CellTooLong, RecordFault.CellCount, RecordFault.StrayQuote,
        RecordFault.UnclosedQuote, RecordFault.InvalidUtf8, RecordFault.NulByte, RecordFault.InvalidJson,
    ];

    public static IEnumerable<TableRule> Of(int columns, long maxRecordBytes, long maxCellBytes) =>
        Faults.Order().Select(fault => Of(fault, columns, maxRecordBytes, maxCellBytes));

    private static TableRule Of(RecordFault fault, int columns, long maxRecordBytes, long maxCellBytes) => fault switch
    {
        RecordFault.RecordTooLong => Rule(TableCodes.RecordTooLong, $"The record has more than {maxRecordBytes:N0} bytes, which is the most that is allowed; its cells were not read. Often a quote before it is missing or too many."),
        RecordFault.CellTooLong => Rule(TableCodes.CellTooLong, $"A cell of the record has more than {maxCellBytes:N0} bytes, which is the most that is allowed."),
        RecordFault.CellCount => Rule(TableCodes.CellCount, $"The record must have as many cells as there are columns: {columns:N0}. A JSON object may lack some, but have no others."),
        RecordFault.StrayQuote => Rule(TableCodes.StrayQuote, $"There is a quote where none may be. A cell with quotes in it is quoted as a whole, and they are doubled."),
        RecordFault.UnclosedQuote => Rule(TableCodes.UnclosedQuote, $"The file ends within a quoted cell: the closing quote is missing."),
        RecordFault.InvalidUtf8 => Rule(TableCodes.InvalidUtf8, $"The record is not UTF-8."),
        RecordFault.NulByte => Rule(TableCodes.NulByte, $"There is a NUL byte in the record."),
        RecordFault.InvalidJson => Rule(TableCodes.InvalidJson, $"The line must be a JSON object, in which no column is twice."),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A fault that has no rule."),
    };

    private static TableRule Rule(string code, FormattableString message) => new(-1, null, code, message.ToString(CultureInfo.InvariantCulture));
}
