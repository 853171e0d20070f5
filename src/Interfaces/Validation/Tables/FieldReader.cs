using System.Text.Json;

namespace Armature.Validation.Tables;

/// <summary>Reads a field of a table schema.</summary>
internal static class FieldReader
{
    private static readonly string[] EveryProperty = [.. FieldTypes.All.SelectMany(FieldTypes.PropertiesOf).Distinct()];
    private static readonly string[] EveryConstraint = [.. FieldTypes.All.SelectMany(FieldTypes.ConstraintsOf).Distinct()];
    private static readonly string[] MissingProperties = ["value", "label"];

    public static FieldSpec Read(SpecNode node, string[] missing, Violations violations)
    {
        if (!node.IsObject)
        {
            node.Refuse($"must be an object that describes a field, not {node.Shown()}.");
            return new() { Name = "", Type = FieldTypes.Any, Format = "default", Pointer = node.Pointer };
        }

        var name = node.Text("name");
        if (node.Member("name") is null)
        {
            node.Refuse("needs a \"name\".");
        }

        var type = ReadType(node, "type", FieldTypes.All, IsStringOfVersion1(node) ? FieldTypes.Text : FieldTypes.Any);
        node.KnowOnly(FieldTypes.PropertiesOf(type), EveryProperty, $"a field of type {type}");
        var field = ReadConstraints(node, new()
        {
            Name = name ?? "",
            Type = type,
            Format = ReadFormat(node, type),
            Pointer = node.Pointer,
            IsSensitive = node.Flag("armature:sensitive", false),
            MissingValues = node.Member("missingValues") is { } own ? ReadMissing(own) : missing,
            Categories = node.Member("categories") is { } categories ? ReadCategories(categories) : null,
        });
        node.Flag("categoriesOrdered", false);
        field = FieldOptionsReader.Read(node, field);
        FieldCompiler.Compile(field, new([], -1, field), violations);
        return field;
    }

    /// <summary>Texts that mean no value: strings, or objects with a string and a label.</summary>
    public static string[] ReadMissing(SpecNode node)
    {
        if (node.Element.ValueKind != JsonValueKind.Array || node.Element.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String))
        {
            return node.Texts();
        }

        return [.. node.Elements().Select(static item => ReadLabelled(item)?.AsText()).OfType<string>()];
    }

    public static string ReadType(SpecNode node, string property, string[] types, string otherwise)
    {
        if (node.Member(property) is not { } member || member.AsText() is not { } type)
        {
            return otherwise;
        }

        if (types.Contains(type))
        {
            return type;
        }

        member.Refuse($"must be one of {string.Join(", ", types)}, not {member.Shown()}.{member.Meant(type, types)}");
        return otherwise;
    }

    // In version 1 a field without a type is a string, and may have what only strings have.
    private static bool IsStringOfVersion1(SpecNode node) =>
        node.Member("format") is not null
        || (node.Member("constraints") is { IsObject: true } constraints && FieldTypes.OnlyOfText.Any(name => constraints.Member(name) is not null));

    private static string ReadFormat(SpecNode node, string type)
    {
        if (node.Member("format") is not { } member || member.AsText() is not { } given)
        {
            return "default";
        }

        var format = given.StartsWith("fmt:", StringComparison.Ordinal) ? given["fmt:".Length..] : given; // Version 0 wrote patterns so.
        var formats = FieldTypes.FormatsOf(type);
        var mayBePattern = type is FieldTypes.DateTime or FieldTypes.Date or FieldTypes.Time;
        if (formats.Contains(format) || (mayBePattern && format.Contains('%', StringComparison.Ordinal)))
        {
            return format;
        }

        var pattern = mayBePattern ? ", or a pattern such as %d/%m/%Y" : "";
        member.Refuse($"must be one of {string.Join(", ", formats)}{pattern} for a field of type {type}, not {member.Shown()}.{member.Meant(format, formats)}");
        return "default";
    }

    private static FieldSpec ReadConstraints(SpecNode node, FieldSpec field)
    {
        if (node.Member("constraints") is not { } constraints)
        {
            return field;
        }

        if (!constraints.IsObject)
        {
            constraints.Refuse($"must be an object, not {constraints.Shown()}.");
            return field;
        }

        if (constraints.Member("jsonSchema") is { } jsonSchema)
        {
            jsonSchema.Refuse("is not supported. Leave it out, and check such values after reading.");
        }

        constraints.KnowOnly([.. FieldTypes.ConstraintsOf(field.Type), "jsonSchema"], EveryConstraint, $"the constraints of a field of type {field.Type}");
        return field with
        {
            IsRequired = constraints.Flag("required", false),
            IsUnique = constraints.Flag("unique", false),
            MinLength = constraints.Length("minLength"),
            MaxLength = constraints.Length("maxLength"),
            Pattern = constraints.Text("pattern"),
            Minimum = constraints.Member("minimum")?.AsValue(),
            Maximum = constraints.Member("maximum")?.AsValue(),
            ExclusiveMinimum = constraints.Member("exclusiveMinimum")?.AsValue(),
            ExclusiveMaximum = constraints.Member("exclusiveMaximum")?.AsValue(),
            Allowed = constraints.Member("enum") is { } allowed ? ReadValues(allowed) : null,
        };
    }

    private static SpecValue[] ReadCategories(SpecNode node) =>
        [.. NotEmpty(node).Select(static item => item.IsObject ? ReadLabelled(item)?.AsValue() : item.AsValue()).OfType<SpecValue>()];

    private static SpecValue[] ReadValues(SpecNode node) => [.. NotEmpty(node).Select(static item => item.AsValue())];

    private static SpecNode[] NotEmpty(SpecNode node)
    {
        var items = node.Elements().ToArray();
        if (items.Length == 0 && node.Element.ValueKind == JsonValueKind.Array)
        {
            node.Refuse("must have at least one value.");
        }

        return items;
    }

    private static SpecNode? ReadLabelled(SpecNode item)
    {
        if (item is not { IsObject: true } || item.Member("value") is not { } value)
        {
            item.Refuse($"must be an object with a \"value\", not {item.Shown()}.");
            return null;
        }

        item.KnowOnly(MissingProperties, [], "a value with a label");
        item.Text("label");
        return value;
    }
}
