using Armature.CommandLine;
using Armature.Validation.Files;
using Armature.Validation.Records;

namespace Armature.Validation;

/// <summary>What <c>armature validate</c> was asked for.</summary>
internal sealed record ValidateArguments
{
    /// <summary>How standard input is called.</summary>
    public const string StandardInput = "-";

    /// <summary>The file's path, or <see cref="StandardInput"/>.</summary>
    public required string File { get; init; }

    /// <summary>The schema's path; null when one is to be made of the file.</summary>
    public string? Schema { get; init; }

    /// <summary>Where the schema that is made is written; null for standard output.</summary>
    public string? Out { get; init; }

    /// <summary>How the records are written.</summary>
    public required RecordFormat Format { get; init; }

    /// <summary>What is read at most.</summary>
    public required RecordLimits Limits { get; init; }

    /// <summary>How many rows may be bad.</summary>
    public required FileTolerance MaxErrors { get; init; }

    /// <summary>Files that foreign keys refer to, by the resource's name.</summary>
    public required IReadOnlyDictionary<string, string> References { get; init; }

    /// <summary>Where all failures are written; null for nowhere.</summary>
    public string? Report { get; init; }

    /// <summary>Where good records are written; null for nowhere.</summary>
    public string? Good { get; init; }

    /// <summary>Where bad records are written; null for nowhere.</summary>
    public string? Bad { get; init; }

    /// <summary>The options of every verb.</summary>
    public required CommonArguments Common { get; init; }

    /// <summary>What is written, of which is asked for.</summary>
    public IEnumerable<string> Outputs => new[] { Report, Good, Bad, Out }.OfType<string>();

    /// <summary>What is read besides standard input.</summary>
    public IEnumerable<string> Inputs => new[] { File, Schema }.OfType<string>().Where(path => path != StandardInput).Concat(References.Values);
}
