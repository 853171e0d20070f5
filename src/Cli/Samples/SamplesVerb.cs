using System.Globalization;
using Armature.CommandLine;
using Armature.FileSystem;
using Armature.Images;
using Armature.Reporting;
using Armature.Terminal;

namespace Armature.Samples;

/// <summary>Runs <c>armature samples</c>.</summary>
internal sealed class SamplesVerb(CommandConsole console, TimeProvider timeProvider)
{
    /// <summary>Draws the pictures that are missing, on all cores.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(SamplesArguments arguments, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var missing = Enumerable.Range(0, arguments.Count).Select(number => (Number: number, Path: PathOf(arguments.Folder, number)))
            .Where(picture => !File.Exists(picture.Path)).ToList();
        var cancelled = false;
        try
        {
            if (missing.Count > 0)
            {
                await console.Progress.ShowAsync("samples", opening: null, progress => DrawAsync(missing, progress, cancellationToken));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The person who cancelled is told what was drawn.
            cancelled = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The pictures cannot be written to '{arguments.Folder}': {e.Message} Give another folder.", e);
        }

        var report = new SamplesReport(
            missing.Count(picture => File.Exists(picture.Path)),
            arguments.Count - missing.Count,
            Math.Round(timeProvider.GetElapsedTime(started).TotalSeconds, 3),
            cancelled,
            Path.GetFullPath(arguments.Folder));
        Write(report, arguments.Format);
        return cancelled ? ExitCode.Cancelled : ExitCode.Done;
    }

    private static async Task DrawAsync(List<(int Number, string Path)> missing, IProgress<ProgressSnapshot> progress, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        var reporting = new Lock();
        var drawn = 0;
        progress.Report(new ProgressSnapshot(missing.Count, 0, 0, []));
        await Parallel.ForEachAsync(missing, options, async (picture, token) =>
        {
            await AtomicFile.WriteAsync(picture.Path, SamplePictures.Draw(picture.Number, token), token);
            lock (reporting)
            {
                progress.Report(new ProgressSnapshot(missing.Count, ++drawn, 0, []));
            }
        });
    }

    private void Write(SamplesReport report, ReportFormat format)
    {
        if (format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, report);
            return;
        }

        console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(report.Cancelled ? "Cancelled: " : "")}{report.Drawn:N0} pictures drawn in {report.Seconds:F1} s, {report.Kept:N0} were there. They are in {report.Out}"));
    }

    private static string PathOf(string folder, int number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"landscape-{number:D4}.jpg"));
}
