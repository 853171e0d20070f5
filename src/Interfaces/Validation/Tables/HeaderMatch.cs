namespace Armature.Validation.Tables;

/// <summary>Finds the fields of a schema in the columns of a file.</summary>
internal static class HeaderMatch
{
    private const string Elsewhere = " It is in another place; with \"fieldsMatch\": \"equal\" columns may be in any order.";
    private const int Most = 100; // Enough to work on; a file can have thousands of wrong columns.

    /// <summary>The place of the field of each column; -1 for a column without one.</summary>
    /// <exception cref="TableHeaderException">They do not fit.</exception>
    public static int[] Find(TableSpec spec, IReadOnlyList<string> header)
    {
        List<string> violations = [];
        var places = spec.Match == FieldsMatch.Exact ? InOrder(spec.Fields, header, violations) : ByName(spec, header, violations);
        return violations.Count == 0 ? places : throw new TableHeaderException([.. violations.Take(Most)]);
    }

    private static int[] InOrder(FieldSpec[] fields, IReadOnlyList<string> header, List<string> violations)
    {
        for (var column = 0; column < Math.Max(fields.Length, header.Count); column++)
        {
            if (column >= header.Count)
            {
                violations.Add($"Column {column + 1} ({fields[column].Name}) is missing.");
            }
            else if (column >= fields.Length)
            {
                violations.Add($"Column {column + 1} ({header[column]}) is not in the schema. With \"fieldsMatch\": \"subset\" columns may be there that it does not speak of.");
            }
            else if (header[column] != fields[column].Name)
            {
                violations.Add($"Column {column + 1} must be {fields[column].Name}, not {header[column]}.{(violations.Count < Most && header.Contains(fields[column].Name) ? Elsewhere : "")}");
            }
        }

        return [.. Enumerable.Range(0, fields.Length)];
    }

    private static int[] ByName(TableSpec spec, IReadOnlyList<string> header, List<string> violations)
    {
        var places = spec.Fields.Select(static (field, place) => (field.Name, place)).ToDictionary(static field => field.Name, static field => field.place, StringComparer.Ordinal);
        var found = header.Select(name => places.GetValueOrDefault(name, -1)).ToArray();
        var mayHaveOthers = spec.Match is FieldsMatch.Subset or FieldsMatch.Partial;
        for (var column = 0; column < found.Length; column++)
        {
            if (found[column] < 0 && !mayHaveOthers)
            {
                violations.Add($"Column {column + 1} ({header[column]}) is not in the schema.{(violations.Count < Most ? SpecNode.NearestTo(header[column], Missing(spec, found)) : "")}");
            }

            if (found[column] >= 0 && Array.IndexOf(found, found[column]) < column)
            {
                violations.Add($"Column {column + 1} ({header[column]}) is there already as column {Array.IndexOf(found, found[column]) + 1}.");
            }
        }

        var mayMiss = spec.Match is FieldsMatch.Superset or FieldsMatch.Partial;
        foreach (var field in spec.Fields.Where((field, place) => !found.Contains(place) && (!mayMiss || field.IsRequired)))
        {
            violations.Add(mayMiss ? $"Column {field.Name} is missing, and it is required." : $"Column {field.Name} is missing.");
        }

        if (spec.Match == FieldsMatch.Partial && !Array.Exists(found, static place => place >= 0))
        {
            violations.Add("No column is one of the schema's fields.");
        }

        foreach (var reference in spec.References.Where(static reference => reference.Resource.Length == 0))
        {
            var absent = reference.Targets.Where(target => !found.Contains(places[target]) && reference.Fields.All(found.Contains));
            violations.AddRange(absent.Select(target => $"Column {target} is missing, and a foreign key refers to it."));
        }

        return found;
    }

    private static IEnumerable<string> Missing(TableSpec spec, int[] found) => spec.Fields.Where((_, place) => !found.Contains(place)).Select(static field => field.Name);
}
