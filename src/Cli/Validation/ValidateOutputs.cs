using Armature.CommandLine;
using Armature.FileSystem;

namespace Armature.Validation;

/// <summary>The files that <c>armature validate</c> writes: all of them whole, or none.</summary>
internal sealed class ValidateOutputs : IAsyncDisposable
{
    private readonly List<UnfinishedFile> _files = [];

    private ValidateOutputs()
    {
    }

    public Stream? Report { get; private set; }

    public Stream? Good { get; private set; }

    public Stream? Bad { get; private set; }

    /// <summary>Begins the files that are asked for.</summary>
    /// <exception cref="UsageException">One cannot be written, or two are one.</exception>
    public static async Task<ValidateOutputs> BeginAsync(ValidateArguments arguments)
    {
        RefuseSameFiles(arguments);
        var outputs = new ValidateOutputs();
        try
        {
            outputs.Report = outputs.Begin(arguments.Report);
            outputs.Good = outputs.Begin(arguments.Good);
            outputs.Bad = outputs.Begin(arguments.Bad);
            return outputs;
        }
        catch
        {
            await outputs.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the files their names.</summary>
    /// <returns>Their paths.</returns>
    public async Task<IReadOnlyList<string>> KeepAsync()
    {
        foreach (var file in _files)
        {
            await file.KeepAsync();
        }

        return [.. _files.Select(file => Path.GetFullPath(file.Path))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files)
        {
            await file.DisposeAsync();
        }
    }

    private static void RefuseSameFiles(ValidateArguments arguments)
    {
        var seen = arguments.Inputs.ToLookup(RealPath.Of, RealPath.Comparer);
        var written = new HashSet<string>(RealPath.Comparer);
        foreach (var output in arguments.Outputs)
        {
            if (seen.Contains(RealPath.Of(output)))
            {
                throw new UsageException($"The output '{output}' is an input. Inputs are never overwritten: give another file.");
            }

            if (!written.Add(RealPath.Of(output)))
            {
                throw new UsageException($"Two outputs are '{output}'. Give each a file of its own.");
            }
        }
    }

    private Stream? Begin(string? path)
    {
        if (path is null)
        {
            return null;
        }

        if (Directory.Exists(path))
        {
            throw new UsageException($"The output '{path}' is a folder. Give a file.");
        }

        try
        {
            _files.Add(UnfinishedFile.Create(path));
            return _files[^1].Stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The output '{path}' cannot be written: {e.Message}", e);
        }
    }
}
