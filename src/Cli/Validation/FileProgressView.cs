using System.Globalization;
using Armature.Terminal;
using Armature.Validation.Files;

namespace Armature.Validation;

/// <summary>Shows the progress of a file in its bytes and rows.</summary>
internal sealed class FileProgressView(IProgress<ProgressSnapshot> view) : IProgress<FileProgress>
{
    // A bar counts in whole numbers below two billion; in KiB that is two terabytes.
    private const int Unit = 1024;

    public void Report(FileProgress value) => view.Report(ToSnapshot(value));

    private static ProgressSnapshot ToSnapshot(FileProgress progress)
    {
        var unit = progress.Step is FileStep.Keys ? 1 : Unit;
        var done = (int)(progress.Bytes / unit);
        return new ProgressSnapshot((int)((progress.TotalBytes ?? progress.Bytes) / unit), done, 0, [])
        {
            IsTotalKnown = progress.TotalBytes is not null,
            Text = TextOf(progress),
        };
    }

    private static string TextOf(FileProgress progress) => progress.Step switch
    {
        FileStep.Rows => string.Create(CultureInfo.InvariantCulture, $"{BytesOf(progress)}, {progress.Rows:N0} rows, {progress.BadRows:N0} bad"),
        FileStep.References => "reading the files it refers to",
        FileStep.Keys => string.Create(CultureInfo.InvariantCulture, $"comparing keys, {progress.Bytes:N0} of {progress.TotalBytes:N0} parts"),
        _ => $"writing, {BytesOf(progress)}",
    };

    private static string BytesOf(FileProgress progress) => progress.TotalBytes is { } total
        ? string.Create(CultureInfo.InvariantCulture, $"{Megabytes(progress.Bytes)} of {Megabytes(total)} MB")
        : $"{Megabytes(progress.Bytes)} MB";

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("N1", CultureInfo.InvariantCulture);
}
