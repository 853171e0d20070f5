using Armature.Validation.Records;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>All that one thread needs for the chunks of one file: compiled rules and buffers.</summary>
internal sealed class ChunkWorker : IChunkPass<(FileChunkResult Result, byte[]? Keys)>
{
    public ChunkWorker(FileRules rules)
    {
        var schema = TableSchema.Parse(rules.Schema);
        var program = schema.Compile(rules.Header, rules.Limits.MaxRecordBytes, rules.Limits.MaxCellBytes);
        var sets = FileKeySet.Of(program);
        if (rules.Referenced is { } referenced)
        {
            var names = referenced.Header ?? [.. program.References.Where(reference => reference.Resource == referenced.Resource).SelectMany(static reference => reference.Fields).Distinct()];

            // What else the objects of the other file have is no concern of this one.
            Buffers = new(rules.Format with { AllowsUnknownMembers = true }, rules.Limits, names);
            Check = new(FormOnly(program, names.Length), RecordKeys.OfReferenced(program, sets, referenced.Resource, names, rules.HashSeed));
            return;
        }

        var columns = rules.Header ?? [.. schema.Fields.Select(static field => field.Name)];
        Buffers = new(rules.Format, rules.Limits, columns);
        Check = new(program, RecordKeys.OfTable(program, sets, columns, rules.HashSeed));
        Write = new(program, sets);
    }

    public RecordBuffers Buffers { get; }

    private CheckPass Check { get; }

    private WritePass? Write { get; }

    public (FileChunkResult Result, byte[]? Keys) Run<TReader>(ref TReader reader, ReadOnlySpan<byte> chunk, FileChunkJob job)
        where TReader : IRecordReader, allows ref struct =>
        job.Writing is null ? Check.Run(ref reader, job.Index, job.MaxFailures) : (Write!.Run(ref reader, chunk, job), null);

    /// <summary>Of a file that is only referred to, cells are not checked: that is done when it is checked itself.</summary>
    private static TableProgram FormOnly(TableProgram program, int columns) =>
        program with { Columns = [.. Enumerable.Repeat(UncheckedColumn.Instance, columns)] };
}
