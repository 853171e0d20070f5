using System.Collections.Immutable;
using System.Text;

namespace Armature.Validation.Tables;

/// <summary>
/// What the rows of a table must be: a Frictionless Table Schema of version 1 (specs.frictionlessdata.io/table-schema) or 2
/// (datapackage.org/standard/table-schema). Never changed once made; used by all threads.
/// </summary>
public sealed partial class TableSchema
{
    /// <summary>The most bytes that a schema may have: 16 MiB.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>The most fields that a schema may have: 16,384, the columns of a spreadsheet.</summary>
    public const int MaxFields = 16_384;

    private readonly byte[] _json;

    private TableSchema(byte[] json, TableSpec spec)
    {
        _json = json;
        Spec = spec;
        Fields = [.. spec.Fields.Select(static field => new TableField { Name = field.Name, Type = field.Type, Format = field.Format, IsSensitive = field.IsSensitive })];
    }

    /// <summary>The fields in the order of the schema.</summary>
    public ImmutableArray<TableField> Fields { get; }

    /// <summary>The JSON that the schema was read from, as it was; made to travel.</summary>
    internal ReadOnlyMemory<byte> Json => _json;

    internal TableSpec Spec { get; }

    /// <summary>Whether rows are compared with others: such a file may have to be read twice.</summary>
    internal bool HasKeys => Spec.PrimaryKey.Length > 0 || Spec.UniqueKeys.Length > 0 || Spec.References.Length > 0 || Spec.Fields.Any(static known => known.IsUnique);

    /// <summary>Reads a schema.</summary>
    /// <param name="json">The schema as JSON in UTF-8, with or without a byte order mark.</param>
    /// <exception cref="TableSchemaException">It is not a schema, or has a keyword that is not supported. Every violation is said, with its place.</exception>
    public static TableSchema Parse(ReadOnlySpan<byte> json) => new(json.ToArray(), SpecReader.Read(json));

    /// <summary>Reads a schema.</summary>
    /// <param name="json">The schema as JSON.</param>
    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static TableSchema Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>The JSON that the schema was read from, as it was.</summary>
    public string ToJson() => Encoding.UTF8.GetString(_json);

    /// <summary>Makes the rules ready to run over the columns of a file. Each thread needs a program of its own.</summary>
    /// <param name="header">The columns' names; null when the file has none, so that its columns are the fields in their order.</param>
    /// <param name="maxRecordBytes">The most bytes of a record, for the message of that rule.</param>
    /// <param name="maxCellBytes">The most bytes of a cell, for the message of that rule.</param>
    /// <exception cref="TableHeaderException">The columns are not those of the schema.</exception>
    internal TableProgram Compile(IReadOnlyList<string>? header, long maxRecordBytes, long maxCellBytes) =>
        ProgramCompiler.Compile(Spec, header, maxRecordBytes, maxCellBytes);
}
