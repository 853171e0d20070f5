using Armature.Validation.Records;

namespace Armature.Validation;

/// <summary>How the records of a file are probably written, by its name.</summary>
internal static class FormatByName
{
    public static (RecordKind Kind, char Delimiter) Of(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^".gz".Length] : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".ndjson" or ".jsonl" => (RecordKind.Ndjson, RecordFormat.Csv.Delimiter),
            ".tsv" => (RecordKind.Csv, '\t'),
            _ => (RecordKind.Csv, RecordFormat.Csv.Delimiter),
        };
    }
}
