using System.Text.Json;
using System.Text.Unicode;
using Armature.Validation.Records;

namespace Armature.Validation.Tables;

/// <summary>Reads a table schema.</summary>
internal static class SpecReader
{
    private static readonly string[] Properties =
    [
        "$schema", "fields", "fieldsMatch", "missingValues", "primaryKey", "uniqueKeys", "foreignKeys",
        "name", "title", "description", "homepage", "version", "created", "keywords", "contributors", "examples",
    ];

    private static readonly string[] Matches = ["exact", "equal", "subset", "superset", "partial"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = JsonScan.MaxDepth };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static TableSpec Read(ReadOnlySpan<byte> json)
    {
        var violations = new Violations();
        if (json.Length > TableSchema.MaxBytes)
        {
            violations.Add("", $"The schema has {json.Length:N0} bytes; {TableSchema.MaxBytes:N0} are allowed.");
        }

        violations.ThrowIfAny();
        using var document = Open(json.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json);
        var root = new SpecNode(document.RootElement, "", violations);
        var spec = Read(root, violations);
        violations.ThrowIfAny();
        return spec!;
    }

    private static JsonDocument Open(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new TableSchemaException([new("", "The schema is not UTF-8. Save it as UTF-8.")]);
        }

        try
        {
            var document = JsonDocument.Parse(json.ToArray(), Strict);
            return JsonShape.IsJson(json, out _, out _) ? document : throw new JsonException("A string has half of a letter in it (\\ud800 to \\udfff).");
        }
        catch (JsonException exception)
        {
            throw new TableSchemaException([new("", $"The schema is not JSON: {exception.Message}")]);
        }
    }

    private static TableSpec? Read(SpecNode root, Violations violations)
    {
        if (!root.IsObject)
        {
            root.Refuse($"The schema must be a JSON object, not {root.Shown()}.");
            return null;
        }

        if (root.Member("fields") is not { } list)
        {
            root.Refuse(root.Member("resources") is not null || root.Member("schema") is not null
                ? "This is a data package or a resource. Give the object that is under \"schema\" of the resource."
                : "The schema needs \"fields\", an array with an object for each column.");
            return null;
        }

        root.KnowOnly(Properties, [], "a table schema");
        CheckProfile(root.Member("$schema"));
        var missing = root.Member("missingValues") is { } values ? FieldReader.ReadMissing(values) : [""];
        var fields = ReadFields(list, missing, violations);
        var keys = new KeyReader(fields, violations);
        var primary = root.Member("primaryKey") is { } primaryKey ? keys.ReadKey(primaryKey) : [];
        foreach (var place in primary)
        {
            fields[place] = fields[place] with { IsRequired = true };
        }

        return new(
            fields,
            ReadMatch(root, fields),
            primary,
            root.Member("uniqueKeys") is { } uniqueKeys ? keys.ReadUniqueKeys(uniqueKeys) : [],
            root.Member("foreignKeys") is { } foreignKeys ? keys.ReadReferences(foreignKeys) : []);
    }

    private static FieldSpec[] ReadFields(SpecNode list, string[] missing, Violations violations)
    {
        var nodes = list.Elements().ToArray();
        if (list.Element.ValueKind == JsonValueKind.Array && nodes.Length is 0 or > TableSchema.MaxFields)
        {
            list.Refuse($"has {nodes.Length:N0} fields; 1 to {TableSchema.MaxFields:N0} are allowed.");
            return [];
        }

        return [.. nodes.Select(node => FieldReader.Read(node, missing, violations))];
    }

    private static FieldsMatch ReadMatch(SpecNode root, FieldSpec[] fields)
    {
        // The profile of version 2.0 says an array by mistake, and some schemas follow it.
        var node = root.Member("fieldsMatch") is { } member && member.Element.ValueKind == JsonValueKind.Array && member.Element.GetArrayLength() == 1
            ? member.Elements().Single()
            : root.Member("fieldsMatch");
        var word = node?.AsText() ?? Matches[0];
        var match = Array.IndexOf(Matches, word);
        if (match < 0)
        {
            node!.Value.Refuse($"must be one of {string.Join(", ", Matches)}, not {node.Value.Shown()}.");
            return FieldsMatch.Exact;
        }

        if (match != 0 && fields.GroupBy(static field => field.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            node!.Value.Refuse($"is {word}, which finds fields by their names, but there are {twice.Count()} fields {twice.Key}. Give each its own name.");
        }

        return (FieldsMatch)match;
    }

    private static void CheckProfile(SpecNode? node)
    {
        if (node?.AsText() is not { } url)
        {
            return;
        }

        if (url.Contains("json-schema.org", StringComparison.Ordinal))
        {
            node.Value.Refuse("says that this is a JSON Schema. A table schema is needed (https://datapackage.org/standard/table-schema).");
        }
    }
}
