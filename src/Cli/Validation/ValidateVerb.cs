using Armature.CommandLine;
using Armature.Hosting;
using Armature.Reporting;
using Armature.Terminal;
using Armature.Validation.Files;
using Armature.Validation.Tables;

namespace Armature.Validation;

/// <summary>Runs <c>armature validate</c>.</summary>
internal sealed class ValidateVerb(CommandConsole console, TimeProvider timeProvider)
{
    /// <summary>Checks a file.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The schema, an input or an output cannot be used.</exception>
    public async Task<int> RunAsync(ValidateArguments arguments, CancellationToken cancellationToken)
    {
        ValidateFiles.RefuseUnreadable(arguments);
        ValidateFiles.RefuseSameFiles(arguments);
        var schema = ReadSchema(arguments.Schema!);
        await using var outputs = await ValidateOutputs.BeginAsync(arguments);
        var started = timeProvider.GetTimestamp();
        var found = await CheckAsync(arguments, schema, outputs, cancellationToken);

        // Of a file that could not be read to its end, good and bad records would be taken for all.
        var written = found.Fault is null ? await outputs.KeepAsync() : [];
        var report = ValidateReport.Of(found, arguments, written, timeProvider.GetElapsedTime(started));
        if (arguments.Common.Format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, report);
        }
        else
        {
            ValidateSummary.Write(console.Output, report);
        }

        return report.ExitCode;
    }

    private static TableSchema ReadSchema(string path)
    {
        try
        {
            return TableSchema.Parse(File.ReadAllBytes(path));
        }
        catch (TableSchemaException e)
        {
            throw new UsageException($"{path}: {e.Message}", e);
        }
    }

    private async Task<FileReport> CheckAsync(ValidateArguments arguments, TableSchema schema, ValidateOutputs outputs, CancellationToken cancellationToken)
    {
        FileReport? report = null;
        var (cluster, verbosity) = (arguments.Common.Cluster, arguments.Common.Verbosity);
        await console.Progress.ShowAsync("validate", cluster is null ? "starting a silo on this machine" : "connecting to the cluster", async progress =>
        {
            await using var silo = cluster is null ? await EmbeddedSilo.StartAsync(verbosity, static _ => { }, static _ => { }, timeProvider, cancellationToken) : null;
            await using var connection = cluster is null ? null : await ClusterConnection.OpenAsync(cluster, verbosity, cancellationToken);
            var services = silo?.Services ?? connection!.Services;
            report = await services.GetRequiredService<ArmatureClient>().Validation.ValidateFileAsync(
                SourceOf(arguments.File), schema, OptionsOf(arguments, outputs, new FileProgressView(progress)), cancellationToken);
        });
        return report!;
    }

    private static FileSource SourceOf(string file) =>
        file == ValidateArguments.StandardInput ? FileSource.FromStream(ValidateFiles.Open(file)) : FileSource.FromPath(file);

    private static FileValidationOptions OptionsOf(ValidateArguments arguments, ValidateOutputs outputs, IProgress<FileProgress> progress) => new()
    {
        Format = arguments.Format,
        Limits = arguments.Limits,
        Failures = outputs.Report,
        FailureFormat = arguments.Report?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true ? FailureFormat.Csv : FailureFormat.Ndjson,
        Good = outputs.Good,
        Bad = outputs.Bad,
        References = arguments.References.ToDictionary(reference => reference.Key, reference => FileSource.FromPath(reference.Value)),
        Progress = progress,
    };
}
