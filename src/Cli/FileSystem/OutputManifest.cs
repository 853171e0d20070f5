using System.Collections.Concurrent;
using System.Text.Json;

namespace Armature.FileSystem;

/// <summary>
/// Remembers beside the outputs how each of them was made, so that a second run skips what is up to date.
/// An output is up to date when it is the very file that was written, by the same plan, from the source as it is now.
/// A manifest that is lost or out of date costs work and never gives a wrong output.
/// </summary>
internal sealed class OutputManifest
{
    /// <summary>The manifest's name in the folder of the outputs.</summary>
    public const string FileName = ".armature-manifest.json";

    private readonly string _folder;
    private readonly ConcurrentDictionary<string, ManifestEntry> _entries;
    private readonly ConcurrentDictionary<string, ManifestEntry> _unsaved = new();

    private OutputManifest(string folder, ConcurrentDictionary<string, ManifestEntry> entries)
    {
        _folder = folder;
        _entries = entries;
    }

    /// <summary>Entries that are not saved yet.</summary>
    public int Unsaved => _unsaved.Count;

    /// <summary>Reads the manifest of a folder. One that cannot be read counts as empty.</summary>
    public static async Task<OutputManifest> LoadAsync(string folder, CancellationToken cancellationToken) =>
        new(folder, await ReadAsync(folder, cancellationToken));

    /// <summary>True when all outputs of a file were made by this plan from the source as it is now.</summary>
    public bool IsUpToDate(PlannedFile file, string plan) =>
        FileStamp.Of(file.Source.Path) is { } source && file.Outputs.All(output =>
            _entries.GetValueOrDefault(output) is { } entry
            && entry.Plan == plan
            && entry.Source == source
            && entry.Output == FileStamp.Of(Path.Combine(_folder, output)));

    /// <summary>Remembers outputs that were just written.</summary>
    public void Add(PlannedFile file, string plan, FileStamp source)
    {
        foreach (var output in file.Outputs)
        {
            if (FileStamp.Of(Path.Combine(_folder, output)) is { } written)
            {
                _unsaved[output] = _entries[output] = new ManifestEntry(plan, source, written);
            }
        }
    }

    /// <summary>Writes what was added to what the file says now, which another command may have written meanwhile.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (_unsaved.IsEmpty)
        {
            return;
        }

        var saved = await ReadAsync(_folder, cancellationToken);
        foreach (var (output, entry) in _unsaved.ToArray())
        {
            saved[output] = entry;
            _unsaved.TryRemove(KeyValuePair.Create(output, entry));
        }

        await AtomicFile.WriteAsync(Path.Combine(_folder, FileName), JsonSerializer.SerializeToUtf8Bytes(saved), cancellationToken);
    }

    private static async Task<ConcurrentDictionary<string, ManifestEntry>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(Path.Combine(folder, FileName));
            return await JsonSerializer.DeserializeAsync<ConcurrentDictionary<string, ManifestEntry>>(stream, cancellationToken: cancellationToken) ?? new();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new();
        }
    }
}
