using Armature.Validation.Records;

namespace Armature.Validation.Tables;

/// <summary>The rules of a table for the columns of one file, ready to run. For one thread at a time, as its checks are.</summary>
/// <param name="Rules">
/// All rules in the order in which reports have them: those of the form of rows first (<see cref="RecordFault"/>, each at the place
/// that its number says), then those of each column of the file from left to right, then those over several columns.
/// </param>
/// <param name="Columns">The checks by the column's place in the file.</param>
/// <param name="Keys">What must be unique.</param>
/// <param name="References">What must be elsewhere.</param>
internal sealed record TableProgram(TableRule[] Rules, CellCheck[] Columns, TableKey[] Keys, TableReference[] References);
