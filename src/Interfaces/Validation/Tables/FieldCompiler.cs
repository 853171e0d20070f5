namespace Armature.Validation.Tables;

/// <summary>Makes the check of a field.</summary>
internal static class FieldCompiler
{
    /// <summary>Makes it, and tells of bounds, patterns and values that are none.</summary>
    public static ValueCheck Compile(FieldSpec field, ColumnRules rules, Violations violations)
    {
        var check = CompileType(field, rules, violations);
        var allowed = field.Allowed is null ? null : Allow(check, field, field.Allowed, rules.Add(ValidationCodes.OneOf, $"must be one of {Shown(field.Allowed)}."), violations);
        var categories = field.Categories is null ? null : Allow(check, field, field.Categories, rules.Add(TableCodes.Category, $"must be one of the categories {Shown(field.Categories)}."), violations);
        if (allowed is not null && categories is not null && allowed.Any(key => !new KeySet(categories).Contains(key)))
        {
            violations.Add($"{field.Pointer}/constraints/enum", "must have only values that are categories too.");
        }

        return check;
    }

    private static ValueCheck CompileType(FieldSpec field, ColumnRules rules, Violations violations) => field.Type switch
    {
        FieldTypes.Text or FieldTypes.Any => new TextCheck(field, rules, violations),
        FieldTypes.Number or FieldTypes.Integer => new NumberCheck(field, rules, violations),
        FieldTypes.Boolean => new BooleanCheck(field, rules),
        FieldTypes.Object => new JsonCheck(JsonForm.Object, field, rules),
        FieldTypes.Array => new JsonCheck(JsonForm.Array, field, rules),
        FieldTypes.List => new ListCheck(CompileItems(field), field, rules),
        FieldTypes.Date when field.Format == "default" => new OrderedCheck<DateForm, Moment>(default, field, rules, violations),
        FieldTypes.Time when field.Format == "default" => new OrderedCheck<TimeForm, Moment>(default, field, rules, violations),
        FieldTypes.DateTime when field.Format == "default" => new OrderedCheck<DateTimeForm, Moment>(default, field, rules, violations),
        FieldTypes.Date or FieldTypes.Time or FieldTypes.DateTime => CompileTime(field, rules, violations),
        FieldTypes.Year => new OrderedCheck<YearForm, Moment>(default, field, rules, violations),
        FieldTypes.YearMonth => new OrderedCheck<YearMonthForm, Moment>(default, field, rules, violations),
        FieldTypes.Duration => new OrderedCheck<DurationForm, Duration>(default, field, rules, violations),
        FieldTypes.GeoPoint => new GeoPointCheck(field.Format switch { "array" => GeoPointForm.Array, "object" => GeoPointForm.Object, _ => GeoPointForm.Text }, field, rules),
        FieldTypes.GeoJson => new JsonCheck(field.Format == "topojson" ? JsonForm.TopoJson : JsonForm.GeoJson, field, rules),
        _ => throw new ArgumentException($"There is no type {field.Type}.", nameof(field)),
    };

    private static ValueCheck CompileTime(FieldSpec field, ColumnRules rules, Violations violations)
    {
        if (field.Format == "any")
        {
            return new OrderedCheck<AnyTimeForm, Moment>(new(field.Type), field, rules, violations);
        }

        if (TimePattern.Create(field.Format, field.Type, out var refusal) is { } pattern)
        {
            return new OrderedCheck<TimePatternForm, Moment>(new(pattern, field.Format), field, rules, violations);
        }

        violations.Add($"{field.Pointer}/format", refusal);
        return new TextCheck(field, rules, violations);
    }

    // Items are written in the default form of their type, and none is missing.
    private static ValueCheck CompileItems(FieldSpec field)
    {
        var item = new FieldSpec { Name = field.Name, Type = field.ItemType, Format = "default", Pointer = field.Pointer, MissingValues = [] };
        return CompileType(item, new([], 0, item), new());
    }

    private static List<byte[]> Allow(ValueCheck check, FieldSpec field, SpecValue[] values, int rule, Violations violations)
    {
        Span<byte> room = stackalloc byte[CellCheck.KeyRoom];
        List<byte[]> keys = [];
        foreach (var value in values)
        {
            if (check.TryGetKey(value, room, out var key))
            {
                keys.Add(key.ToArray());
            }
            else
            {
                violations.Add(value.Pointer, $"must be a value of type {field.Type} as the field's values are, not {value.Shown}.");
            }
        }

        check.Allow(new(rule, new(keys)));
        return keys;
    }

    private static string Shown(SpecValue[] values)
    {
        const int Most = 20;
        var first = string.Join(", ", values.Take(Most).Select(static value => value.Shown));
        return values.Length <= Most ? first : $"{first}, ... ({values.Length} values)";
    }
}
