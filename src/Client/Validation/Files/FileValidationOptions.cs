using System.ComponentModel.DataAnnotations;
using Armature.Validation.Records;

namespace Armature.Validation.Files;

/// <summary>How a file is read, and what is wanted of it.</summary>
public sealed class FileValidationOptions : IValidatableObject
{
    /// <summary>The most failures that a report may hold: 10,000. All failures are written to <see cref="Failures"/>, without a limit.</summary>
    public const int MostFailures = 10_000;

    /// <summary>How the records are written.</summary>
    /// <value>Default: CSV with commas, quotes and a header.</value>
    public RecordFormat Format { get; set; } = new();

    /// <summary>How long a record, a cell and the file may be.</summary>
    public RecordLimits Limits { get; set; } = new();

    /// <summary>How many failures the report holds with row, line, column and value: the first ones. All are counted.</summary>
    /// <value>Default: 100. 0 to <see cref="MostFailures"/>.</value>
    [Range(0, MostFailures)]
    public int MaxFailures { get; set; } = 100;

    /// <summary>Where all failures are written, in the order of rows; null for nowhere. Not disposed of.</summary>
    public Stream? Failures { get; set; }

    /// <summary>How they are written.</summary>
    /// <value>Default: NDJSON.</value>
    public FailureFormat FailureFormat { get; set; } = FailureFormat.Ndjson;

    /// <summary>Where the good records are written as they are, below the header; null for nowhere. Not disposed of.</summary>
    public Stream? Good { get; set; }

    /// <summary>
    /// Where the bad records are written as they are, below the header; null for nowhere. Not disposed of. A record over
    /// <see cref="RecordLimits.MaxRecordBytes"/> is in neither.
    /// </summary>
    public Stream? Bad { get; set; }

    /// <summary>The files that foreign keys of the schema refer to, by the resource's name. Each is read as <see cref="Format"/> says.</summary>
    public IReadOnlyDictionary<string, FileSource> References { get; set; } = new Dictionary<string, FileSource>();

    /// <summary>Is told how far the work is, a few times a second at most for each MiB; null for nobody.</summary>
    public IProgress<FileProgress>? Progress { get; set; }

    internal bool HasOutputs => Failures is not null || Good is not null || Bad is not null;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        foreach (var (name, stream) in new[] { (nameof(Failures), Failures), (nameof(Good), Good), (nameof(Bad), Bad) })
        {
            if (stream is { CanWrite: false })
            {
                yield return new($"The stream {name} cannot be written. Give one that can, and leave it open.", [name]);
            }
        }
    }
}
