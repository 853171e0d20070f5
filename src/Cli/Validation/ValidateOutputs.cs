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
    /// <exception cref="UsageException">One cannot be written.</exception>
    public static async Task<ValidateOutputs> BeginAsync(ValidateArguments arguments)
    {
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

    private Stream? Begin(string? path)
    {
        if (path is null)
        {
            return null;
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
