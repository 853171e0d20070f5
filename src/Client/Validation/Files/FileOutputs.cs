using System.Text;

namespace Armature.Validation.Files;

/// <summary>Writes what is wanted of a file: failures, good records, bad records.</summary>
internal sealed class FileOutputs(FileValidationOptions options, string[]? header)
{
    /// <summary>What the silo writes of a part.</summary>
    public FileWriting ForChunk(long firstRow, long firstLine, KeyFailure[] keys) => new()
    {
        FirstRow = firstRow,
        FirstLine = firstLine,
        Report = options.Failures is null ? null : options.FailureFormat,
        Good = options.Good is not null,
        Bad = options.Bad is not null,
        Keys = keys,
    };

    /// <summary>Writes the headers.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var names = header is null ? [] : Encoding.UTF8.GetBytes(string.Join(options.Format.Delimiter, header.Select(Quoted)) + "\n");
        await WriteAsync(options.Failures, FailureHeader.Of(options.FailureFormat).ToArray(), cancellationToken);
        await WriteAsync(options.Good, names, cancellationToken);
        await WriteAsync(options.Bad, names, cancellationToken);
    }

    /// <summary>Writes what a silo wrote of the next part.</summary>
    public async Task WriteAsync(FileChunkResult result, CancellationToken cancellationToken)
    {
        await WriteAsync(options.Failures, result.Report, cancellationToken);
        await WriteAsync(options.Good, result.Good, cancellationToken);
        await WriteAsync(options.Bad, result.Bad, cancellationToken);
    }

    /// <summary>Flushes all.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (var stream in new[] { options.Failures, options.Good, options.Bad })
        {
            await (stream?.FlushAsync(cancellationToken) ?? Task.CompletedTask);
        }
    }

    private static ValueTask WriteAsync(Stream? stream, byte[] bytes, CancellationToken cancellationToken) =>
        stream is null || bytes.Length == 0 ? ValueTask.CompletedTask : stream.WriteAsync(bytes, cancellationToken);

    private string Quoted(string name)
    {
        var quote = options.Format.Quote;
        return name.AsSpan().IndexOfAny([options.Format.Delimiter, quote, '\r', '\n']) < 0 ? name : $"{quote}{name.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal)}{quote}";
    }
}
