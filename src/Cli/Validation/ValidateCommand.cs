using System.CommandLine;
using System.CommandLine.Parsing;
using Armature.CommandLine;
using Armature.Validation.Files;
using Armature.Validation.Records;

namespace Armature.Validation;

/// <summary><c>armature validate</c>: checks a file of records against a Table Schema.</summary>
internal sealed class ValidateCommand : Command
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file: CSV or NDJSON in UTF-8, also compressed with gzip. '-' is standard input." };

    private readonly Option<string> _schema = new("--schema", "-s") { Description = "What its rows must be: a Frictionless Table Schema in JSON.", HelpName = "SCHEMA.json" };

    private readonly Option<bool> _infer = new("--infer") { Description = "Write a schema that the beginning of the file keeps (10,000 rows of its first 4 MiB at most), instead of checking it." };

    private readonly Option<string> _out = new("--out", "-o") { Description = "Where --infer writes the schema. [default: standard output]", HelpName = "FILE" };

    private readonly Option<string> _report = new("--report") { Description = "Write all failures, in the order of rows: as CSV when the name ends with .csv, otherwise as NDJSON.", HelpName = "FILE" };

    private readonly Option<string> _good = new("--good") { Description = "Write the good records, as they are.", HelpName = "FILE" };

    private readonly Option<string> _bad = new("--bad") { Description = "Write the bad records, as they are.", HelpName = "FILE" };

    private readonly Option<FileTolerance> _maxErrors = new("--max-errors")
    {
        Description = "How many rows may be bad: a number, or a share of all rows. [default: 0]",
        HelpName = "N|P%",
        CustomParser = result =>
        {
            if (!FileTolerance.TryParse(result.Tokens[0].Value, out var tolerance))
            {
                result.AddError($"'{result.Tokens[0].Value}' is no number of rows. Give a whole number such as 20, or a share of all rows from 0% to 100%, such as 1.5%.");
            }

            return tolerance;
        },
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "How the records are written. [default: ndjson when the name ends with .ndjson or .jsonl, otherwise csv; .gz behind it is passed over]",
        HelpName = "csv|ndjson",
    };

    private readonly Option<string> _delimiter = new("--delimiter") { Description = "What stands between the cells of CSV, such as ';' or the word 'tab'. [default: ',', or tab when the name ends with .tsv]", HelpName = "CHAR" };

    private readonly Option<string> _quote = new("--quote") { Description = "What stands around cells of CSV. [default: '\"']", HelpName = "CHAR" };

    private readonly Option<bool> _noHeader = new("--no-header") { Description = "The first record of CSV is data; the columns are the fields of the schema in their order." };

    private readonly Option<bool> _unknownMembers = new("--allow-unknown-members") { Description = "Pass over members of JSON that no field names, instead of failing their record." };

    private readonly Option<string[]> _references = new("--reference") { Description = "The file of a resource that foreign keys refer to. Give it again for several.", HelpName = "RESOURCE=FILE" };

    private readonly Option<int?> _maxRecord = new("--max-record-bytes") { Description = "The longest record. [default: 1048576]", HelpName = "N" };

    private readonly Option<int?> _maxCell = new("--max-cell-bytes") { Description = "The longest cell. [default: 131072]", HelpName = "N" };

    private readonly Option<int?> _maxColumns = new("--max-columns") { Description = "The most columns of a header. [default: 1024]", HelpName = "N" };

    private readonly Option<long?> _maxFile = new("--max-file-bytes") { Description = "The longest file, decompressed. [default: none]", HelpName = "N" };

    private readonly Option<int?> _maxRatio = new("--max-compression-ratio") { Description = "How many bytes a byte of gzip may become. [default: 300]", HelpName = "N" };

    private readonly CommonOptions _common;

    public ValidateCommand(CommonOptions common)
        : base("validate", "Checks a file of records against a Table Schema: types, constraints, keys.")
    {
        _common = common;
        Add(_file);
        foreach (var option in new Option[]
        {
            _schema, _infer, _out, _report, _good, _bad, _maxErrors, _format, _delimiter, _quote, _noHeader, _unknownMembers, _references,
            _maxRecord, _maxCell, _maxColumns, _maxFile, _maxRatio,
        })
        {
            Options.Add(option);
        }

        _format.AcceptOnlyFromAmong("csv", "ndjson");
        Validators.Add(RefuseOptionsThatDoNotGoTogether);
    }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">They are not allowed.</exception>
    public ValidateArguments Read(ParseResult parsed)
    {
        var file = parsed.GetRequiredValue(_file);
        return new()
        {
            File = file,
            Schema = parsed.GetValue(_schema),
            Out = parsed.GetValue(_out),
            Format = ReadFormat(parsed, file),
            Limits = ReadLimits(parsed),
            MaxErrors = parsed.GetValue(_maxErrors),
            References = ReadReferences(parsed),
            Report = parsed.GetValue(_report),
            Good = parsed.GetValue(_good),
            Bad = parsed.GetValue(_bad),
            Common = CommonArguments.Read(parsed, _common),
        };
    }

    private void RefuseOptionsThatDoNotGoTogether(CommandResult result)
    {
        var isInferred = IsGiven(result, _infer);
        if (isInferred == IsGiven(result, _schema))
        {
            result.AddError("Give --schema SCHEMA.json to check the file, or --infer to have a schema made of it.");
        }

        var others = isInferred ? new Option[] { _report, _good, _bad, _maxErrors, _references } : [_out];
        foreach (var option in others.Where(option => IsGiven(result, option)))
        {
            result.AddError($"{option.Name} does not go {(isInferred ? "with" : "without")} --infer.");
        }
    }

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private RecordFormat ReadFormat(ParseResult parsed, string file)
    {
        var (kind, delimiter) = FormatByName.Of(file);
        var format = new RecordFormat
        {
            Kind = parsed.GetValue(_format) switch
            {
                "csv" => RecordKind.Csv,
                "ndjson" => RecordKind.Ndjson,
                _ => kind,
            },
            Delimiter = ReadCharacter(parsed, _delimiter) ?? delimiter,
            Quote = ReadCharacter(parsed, _quote) ?? RecordFormat.Csv.Quote,
            HasHeader = !parsed.GetValue(_noHeader),
            AllowsUnknownMembers = parsed.GetValue(_unknownMembers),
        };
        return Checked(format.Checked);
    }

    private RecordLimits ReadLimits(ParseResult parsed)
    {
        var defaults = RecordLimits.Default;
        var limits = new RecordLimits
        {
            MaxRecordBytes = parsed.GetValue(_maxRecord) ?? defaults.MaxRecordBytes,
            MaxCellBytes = parsed.GetValue(_maxCell) ?? defaults.MaxCellBytes,
            MaxColumns = parsed.GetValue(_maxColumns) ?? defaults.MaxColumns,
            MaxFileBytes = parsed.GetValue(_maxFile) ?? defaults.MaxFileBytes,
            MaxCompressionRatio = parsed.GetValue(_maxRatio) ?? defaults.MaxCompressionRatio,
        };
        return Checked(limits.Checked);
    }

    private Dictionary<string, string> ReadReferences(ParseResult parsed)
    {
        var references = new Dictionary<string, string>();
        foreach (var given in parsed.GetValue(_references) ?? [])
        {
            if (given.Split('=', 2) is not [{ Length: > 0 } resource, { Length: > 0 } file])
            {
                throw new UsageException($"'{given}' is no reference. Give the resource's name as the schema has it, and its file: RESOURCE=FILE.");
            }

            if (!references.TryAdd(resource, file))
            {
                throw new UsageException($"--reference gives two files for '{resource}'. Give one.");
            }
        }

        return references;
    }

    private static char? ReadCharacter(ParseResult parsed, Option<string> option) => parsed.GetValue(option) switch
    {
        null => null,
        "tab" or "\\t" => '\t',
        { Length: 1 } text => text[0],
        var text => throw new UsageException($"{option.Name} '{text}' is more than one character. Give one, such as ';', or the word 'tab'."),
    };

    private static T Checked<T>(Func<T> check)
    {
        try
        {
            return check();
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message, e);
        }
    }
}
