namespace Armature.Validation.Tables;

/// <summary>Makes the rules of a schema ready for the columns of a file.</summary>
internal static class ProgramCompiler
{
    /// <inheritdoc cref="TableSchema.Compile"/>
    public static TableProgram Compile(TableSpec spec, IReadOnlyList<string>? header, long maxRecordBytes, long maxCellBytes)
    {
        var places = header is null ? [.. Enumerable.Range(0, spec.Fields.Length)] : HeaderMatch.Find(spec, header);
        List<TableRule> rules = [.. FaultRules.Of(places.Length, maxRecordBytes, maxCellBytes)];
        List<TableKey> keys = [];
        var columns = places.Select((place, column) => place < 0 ? (CellCheck)UncheckedColumn.Instance : CompileColumn(spec.Fields[place], column, rules, keys)).ToArray();
        AddKeys(spec, places, rules, keys);
        var references = AddReferences(spec, places, rules);
        return new([.. rules], columns, [.. keys], references);
    }

    private static ValueCheck CompileColumn(FieldSpec field, int column, List<TableRule> rules, List<TableKey> keys)
    {
        var own = new ColumnRules(rules, column, field);
        var check = FieldCompiler.Compile(field, own, new());
        if (field.IsUnique)
        {
            keys.Add(new(own.Add(TableCodes.Unique, "must be unique, but an earlier row has the same value."), [column], IsWholeWithoutValue: false));
        }

        return check;
    }

    private static void AddKeys(TableSpec spec, int[] places, List<TableRule> rules, List<TableKey> keys)
    {
        if (spec.PrimaryKey.Length > 0)
        {
            Add(spec.PrimaryKey, TableCodes.PrimaryKey, "the primary key");
        }

        foreach (var key in spec.UniqueKeys)
        {
            Add(key, TableCodes.UniqueKey, "a unique key");
        }

        // A column that is not there has no values, and rows without a value are not compared.
        void Add(int[] fields, string code, string what)
        {
            if (ColumnsOf(fields, places) is { } columns)
            {
                rules.Add(RuleOf(spec, fields, columns, code, $"{what}: an earlier row has the same"));
                keys.Add(new(rules.Count - 1, columns, IsWholeWithoutValue: false));
            }
        }
    }

    private static TableReference[] AddReferences(TableSpec spec, int[] places, List<TableRule> rules)
    {
        List<TableReference> references = [];
        foreach (var reference in spec.References)
        {
            if (ColumnsOf(reference.Fields, places) is not { } columns)
            {
                continue;
            }

            var where = reference.Resource.Length == 0 ? "this table" : reference.Resource;
            rules.Add(RuleOf(spec, reference.Fields, columns, TableCodes.ForeignKey, $"a foreign key: there is no row with this {string.Join(", ", reference.Targets)} in {where}"));
            references.Add(new(rules.Count - 1, columns, reference.Resource, reference.Targets));
        }

        return [.. references];
    }

    private static TableRule RuleOf(TableSpec spec, int[] fields, int[] columns, string code, string says)
    {
        var names = string.Join(", ", fields.Select(field => spec.Fields[field].Name));
        return new(columns.Length == 1 ? columns[0] : -1, names, code, $"{names} {(fields.Length == 1 ? "is" : "are")} {says}.", fields.Any(field => spec.Fields[field].IsSensitive));
    }

    // Null when a field has no column.
    private static int[]? ColumnsOf(int[] fields, int[] places)
    {
        var columns = Array.ConvertAll(fields, field => Array.IndexOf(places, field));
        return columns.Contains(-1) ? null : columns;
    }
}
