using System.Text.Json;

namespace Armature.Validation.Tables;

/// <summary>Reads the keys of a table schema, which name its fields.</summary>
internal sealed class KeyReader(FieldSpec[] fields, Violations violations)
{
    private static readonly string[] ReferenceProperties = ["fields", "reference", "title", "description"];
    private static readonly string[] TargetProperties = ["resource", "fields"];

    private readonly ILookup<string, int> _places = fields.Select(static (field, place) => (field.Name, place)).ToLookup(static field => field.Name, static field => field.place, StringComparer.Ordinal);

    /// <summary>The places of the fields of a key; empty, with a violation, when it is none.</summary>
    public int[] ReadKey(SpecNode node)
    {
        var before = violations.Any;
        var places = ReadNames(node).Select(name => PlaceOf(node, name)).ToArray();
        return !before && violations.Any ? [] : [.. places.Where(static place => place >= 0)];
    }

    public int[][] ReadUniqueKeys(SpecNode node)
    {
        var keys = node.Elements().Select(ReadKey).ToArray();
        if (node.Element.ValueKind == JsonValueKind.Array && keys.Length == 0)
        {
            node.Refuse("must have at least one key. Leave it out when there is none.");
        }

        return keys;
    }

    public ReferenceSpec[] ReadReferences(SpecNode node) => [.. node.Elements().Select(ReadReference).OfType<ReferenceSpec>()];

    private ReferenceSpec? ReadReference(SpecNode node)
    {
        if (!node.IsObject || node.Member("fields") is not { } own || node.Member("reference") is not { IsObject: true } reference || reference.Member("fields") is not { } targets)
        {
            node.Refuse("must be an object with \"fields\" and \"reference\": {\"resource\", \"fields\"}.");
            return null;
        }

        node.KnowOnly(ReferenceProperties, [], "a foreign key");
        reference.KnowOnly(TargetProperties, [], "a reference");
        var resource = reference.Text("resource") ?? "";
        var places = ReadKey(own);
        var names = ReadNames(targets);
        if (resource.Length == 0)
        {
            ReadKey(targets);
        }

        if (places.Length != names.Length && !violations.Any)
        {
            targets.Refuse($"has {names.Length} fields, but the key has {places.Length}.");
        }

        return new(places, resource, names);
    }

    // Version 1 has a single name as a string.
    private static string[] ReadNames(SpecNode node)
    {
        if (node.Element.ValueKind == JsonValueKind.String)
        {
            return [node.AsText()!];
        }

        var names = node.Texts();
        if (node.Element.ValueKind == JsonValueKind.Array && names.Length == 0)
        {
            node.Refuse("must name at least one field.");
        }

        return names;
    }

    private int PlaceOf(SpecNode node, string name)
    {
        var places = _places[name].ToArray();
        if (places.Length == 1)
        {
            return places[0];
        }

        node.Refuse(places.Length == 0
            ? $"names the field {SpecNode.Shorten(name)}, which there is not.{node.Meant(name, _places.Select(static group => group.Key))}"
            : $"names the field {SpecNode.Shorten(name)}, of which there are {places.Length}. Give each its own name.");
        return -1;
    }
}
