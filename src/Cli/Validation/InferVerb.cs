using System.Globalization;
using System.Text;
using Armature.CommandLine;
using Armature.FileSystem;
using Armature.Reporting;
using Armature.Terminal;
using Armature.Validation.Tables;

namespace Armature.Validation;

/// <summary>Runs <c>armature validate --infer</c>: writes a schema that the beginning of a file keeps.</summary>
internal sealed class InferVerb(CommandConsole console)
{
    /// <summary>Makes the schema.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The file cannot be read, the schema cannot be written, or there is nothing to see.</exception>
    public async Task<int> RunAsync(ValidateArguments arguments, CancellationToken cancellationToken)
    {
        ValidateFiles.RefuseUnreadable(arguments);
        ValidateFiles.RefuseSameFiles(arguments);
        var sample = await SchemaSample.ReadAsync(ValidateFiles.Open(arguments.File), arguments.Format, arguments.Limits, cancellationToken);
        if (sample.Columns.Length == 0)
        {
            throw new UsageException($"'{arguments.File}' has no row that can be read, so nothing can be said of its columns.");
        }

        var schema = TableSchema.Infer(sample.Columns, sample.Rows);
        console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"validate: {schema.Fields.Length:N0} fields, from the first {sample.Rows.Count:N0} rows{(sample.Passed == 0 ? "" : $"; {sample.Passed:N0} more could not be read")}. Look at it before you rely on it."));
        if (arguments.Out is not { } path)
        {
            console.Output.Write(schema.ToJson());
            return ExitCode.Done;
        }

        await AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes(schema.ToJson()), cancellationToken);
        if (arguments.Common.Format is ReportFormat.Json)
        {
            ReportWriter.WriteJson(console.Output, new InferReport(arguments.File, Path.GetFullPath(path), schema.Fields.Length, sample.Rows.Count, sample.Passed));
        }
        else
        {
            console.Output.WriteLine($"Written: {Path.GetFullPath(path)}");
        }

        return ExitCode.Done;
    }
}
