using System.Runtime.InteropServices;
using Armature.Batching;
using Armature.Validation.Records;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>A file that foreign keys refer to: only its keys are read.</summary>
internal sealed class ReferencedFile(BatchClient batches, LocalChunks? local, FileValidationOptions options, string resource, int chunkBytes)
{
    // Before anything is read, a file that is not given is missed.
    private readonly FileSource _source = options.References.TryGetValue(resource, out var given) ? given : throw Missing(options, resource);

    /// <summary>Reads its keys.</summary>
    /// <exception cref="FileValidationException">It cannot be read, or has not got the columns.</exception>
    public async Task ReadKeysAsync(TableProgram program, FileRules rules, KeySpool keys, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileOpening(_source, options, chunkBytes, isReadAgain: false);
            await using var opened = await file.OpenAsync(cancellationToken);
            ThrowIfColumnsAreMissing(program, opened.Header);
            await ReadAsync(opened, file, rules with { Run = Guid.NewGuid(), Referenced = new(resource, opened.Header) }, keys, cancellationToken);
        }
        catch (RecordFileException e)
        {
            throw Unreadable(e);
        }
    }

    private async Task ReadAsync(RecordSource opened, FileOpening file, FileRules rules, KeySpool keys, CancellationToken cancellationToken)
    {
        long rows = 0;
        using var chunks = ChunkBatches.BySchema(batches, new(rules.Run, local));
        await foreach (var result in chunks.RunAsync(opened, chunk => new() { Rules = rules, Index = chunk.Index, MaxFailures = 0 }, cancellationToken))
        {
            rows += result.Records;
            if (result.Keys is { } found)
            {
                keys.Add(MemoryMarshal.Cast<byte, KeyEntry>(found));
            }

            options.Progress?.Report(new(FileStep.References, opened.BytesRead, file.Length, rows, 0));
        }

        if (chunks.Fault is { } fault)
        {
            throw Unreadable(fault);
        }
    }

    private void ThrowIfColumnsAreMissing(TableProgram program, string[]? header)
    {
        var missing = program.References
            .Where(reference => reference.Resource == resource)
            .SelectMany(static reference => reference.Fields)
            .Except(header ?? [])
            .Select(static name => $"'{name}'")
            .ToArray();
        if (missing.Length == 0 || options.Format.Kind != RecordKind.Csv)
        {
            return;
        }

        throw new FileValidationException(
            "reference_columns",
            header is null
                ? $"The schema refers to columns of the table '{resource}' by name, and its file is read without a header (HasHeader = false, --no-header on the command line). Give both files a header."
                : $"The table '{resource}' has not got the columns {string.Join(", ", missing)} that the schema refers to. It has {string.Join(", ", header)}.");
    }

    private static FileValidationException Missing(FileValidationOptions options, string resource)
    {
        var given = options.References.Count == 0 ? "none" : string.Join(", ", options.References.Keys.Select(static name => $"'{name}'"));
        return new("reference_missing", $"The schema refers to the table '{resource}', and no file was given for it. Given are: {given}. Give it as References[\"{resource}\"].");
    }

    private FileValidationException Unreadable(RecordFileException e) => new("reference_unreadable", $"The table '{resource}' could not be read: {e.Message}");
}
