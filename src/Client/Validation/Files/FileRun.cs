using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Armature.Batching;
using Armature.Validation.Records;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>
/// The check of one file. Its rows are checked part by part; then keys that concern the whole file are compared, part by part of their
/// hashes; then, where something is to be written or a failure of a key is to be told with its line and value, the file is read again.
/// </summary>
internal sealed class FileRun(BatchClient batches, LocalChunks? local, FileSource source, TableSchema schema, FileValidationOptions options, int chunkBytes) : IAsyncDisposable
{
    private readonly Guid _run = Guid.NewGuid();
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly KeySpool _keys = new();
    private readonly FoundKeys _found = new();
    private readonly FileOpening _file = new(source, options, chunkBytes, isReadAgain: schema.HasKeys || options.HasOutputs);

    /// <summary>Checks the file.</summary>
    /// <exception cref="FileValidationException">It could not be checked; nothing is wrong with it.</exception>
    public async Task<FileReport> RunAsync(CancellationToken cancellationToken)
    {
        RecordSource opened;
        TableProgram program;
        try
        {
            opened = await _file.OpenAsync(cancellationToken);
        }
        catch (RecordFileException e)
        {
            return FileReport.Unread(new(e.Code, e.Message, e.Offset));
        }

        await using var _ = opened;
        try
        {
            program = schema.Compile(opened.Header, options.Limits.MaxRecordBytes, options.Limits.MaxCellBytes);
        }
        catch (TableHeaderException e)
        {
            return FileReport.Unread(new("header", e.Message, null));
        }

        var rules = new FileRules
        {
            Run = _run,
            Schema = schema.Json.ToArray(),
            Header = opened.Header,
            Format = options.Format,
            Limits = options.Limits,
            HashSeed = _seed,
        };
        var sets = FileKeySet.Of(program);
        ThrowIfTooMany(sets);
        var tally = new FileTally(program.Rules, options, opened.Header is null ? 1 : 2, 1 + opened.HeaderLines);
        var references = ReferencesOf(program);
        await CheckRowsAsync(opened, rules, tally, cancellationToken);
        if (_keys.Count > 0)
        {
            await ReadReferencesAsync(references, program, rules, cancellationToken);
            await CompareKeysAsync(sets, cancellationToken);
            tally.AddKeys(_found.InOrder(), sets);
        }

        if (options.HasOutputs || (_found.Count > 0 && options.MaxFailures > 0))
        {
            await WriteAsync(rules, sets, tally, cancellationToken);
        }

        return tally.ToReport();
    }

    public async ValueTask DisposeAsync()
    {
        await _keys.DisposeAsync();
        await _found.DisposeAsync();
        await _file.DisposeAsync();
    }

    private static void ThrowIfTooMany(FileKeySet[] sets)
    {
        if (sets.Length > KeyEntry.MaxSets)
        {
            throw new FileValidationException(
                "too_many_keys", $"The schema has {sets.Length:N0} sets of keys; {KeyEntry.MaxSets} are allowed. Each unique field, primary and unique key is one, each foreign key two. Check some of them in a second run.");
        }
    }

    private async Task CheckRowsAsync(RecordSource opened, FileRules rules, FileTally tally, CancellationToken cancellationToken)
    {
        using var chunks = ChunkBatches.BySchema(batches, new(_run, local));
        await foreach (var result in chunks.RunAsync(opened, chunk => FileChunkJob.Of(chunk, rules, options.MaxFailures), cancellationToken))
        {
            tally.Add(result);
            if (result.Keys is { } keys)
            {
                _keys.Add(MemoryMarshal.Cast<byte, KeyEntry>(keys));
            }

            Tell(FileStep.Rows, opened, tally);
        }

        if (chunks.Fault is { } fault)
        {
            tally.Fault = new(fault.Code, fault.Message, fault.Offset);
        }
    }

    /// <exception cref="FileValidationException">One was not given.</exception>
    private ReferencedFile[] ReferencesOf(TableProgram program) =>
    [
        .. program.References.Select(static reference => reference.Resource).Where(static resource => resource.Length > 0).Distinct()
            .Select(resource => new ReferencedFile(batches, local, options, resource, chunkBytes)),
    ];

    private async Task ReadReferencesAsync(ReferencedFile[] references, TableProgram program, FileRules rules, CancellationToken cancellationToken)
    {
        foreach (var reference in references)
        {
            await reference.ReadKeysAsync(program, rules, _keys, cancellationToken);
        }
    }

    private async Task CompareKeysAsync(FileKeySet[] sets, CancellationToken cancellationToken)
    {
        using var comparison = new KeyBatch(batches, local, _keys, [.. sets.Select(static set => set.Kind)]);
        await foreach (var result in comparison.RunAsync(cancellationToken))
        {
            _found.Add(result.Found);
            options.Progress?.Report(new(FileStep.Keys, comparison.Compared, KeyEntry.Partitions, 0, 0));
        }
    }

    private async Task WriteAsync(FileRules rules, FileKeySet[] sets, FileTally tally, CancellationToken cancellationToken)
    {
        await using var opened = await OpenAgainAsync(rules, cancellationToken);
        using var pending = new PendingKeys(_found.InOrder(), sets, tally);
        var outputs = new FileOutputs(options, opened.Header);
        await outputs.BeginAsync(cancellationToken);
        var toShow = tally.ChunksToShow(_found.InOrder());
        var left = options.HasOutputs ? tally.Parts : toShow.Count;
        using var chunks = ChunkBatches.BySchema(batches, new(_run, local));
        await foreach (var result in chunks.RunAsync(opened, ToJob, cancellationToken))
        {
            if (!tally.IsAsBefore(result))
            {
                throw Changed();
            }

            tally.AddWritten(result);
            await outputs.WriteAsync(result, cancellationToken);
            Tell(FileStep.Writing, opened, tally);
            if (--left == 0 && !options.HasOutputs)
            {
                break;
            }
        }

        if (left > 0 && tally.Fault is null)
        {
            throw Changed();
        }

        await outputs.EndAsync(cancellationToken);

        // Parts behind a fault of the file were not checked, and one without anything to write or to show is left out.
        FileChunkJob? ToJob(RecordChunk chunk)
        {
            if (!tally.Has(chunk.Index))
            {
                return tally.Fault is null ? throw Changed() : null;
            }

            var keys = pending.Take(chunk.Index);
            var isShown = toShow.Contains(chunk.Index);
            return options.HasOutputs || isShown
                ? FileChunkJob.Of(chunk, rules, isShown ? options.MaxFailures : 0) with { Writing = outputs.ForChunk(tally.RowOf(chunk.Index), tally.LineOf(chunk.Index), keys) }
                : null;
        }
    }

    private async Task<RecordSource> OpenAgainAsync(FileRules rules, CancellationToken cancellationToken)
    {
        RecordSource opened;
        try
        {
            opened = await _file.OpenAsync(cancellationToken);
        }
        catch (RecordFileException)
        {
            throw Changed();
        }

        if (!_file.IsAsBefore || !(opened.Header ?? []).SequenceEqual(rules.Header ?? []))
        {
            await opened.DisposeAsync();
            throw Changed();
        }

        return opened;
    }

    private FileValidationException Changed() => new(
        "file_changed", $"{source.Name} is another file than when it was read first, a moment ago. Outputs are not complete. Check it when nobody writes it, or check a copy.");

    private void Tell(FileStep step, RecordSource opened, FileTally tally) =>
        options.Progress?.Report(new(step, opened.BytesRead, _file.Length, tally.RowsOf(step), tally.BadRows));
}
