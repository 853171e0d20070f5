using System.Text.Json;
using System.Text.Json.Serialization;

namespace Armature.Rendering.Output;

/// <summary>
/// What a version of a site was made of, as lines of JSON in a file beside its pages: a header, and a line for each page and each static
/// file. A record that is lost or cannot be read costs work and never gives a wrong page.
/// </summary>
internal sealed record SiteRecord(IReadOnlyDictionary<string, RecordedPage> Pages, IReadOnlyDictionary<string, IReadOnlyList<RecordedFile>> Assets)
{
    /// <summary>The name of the file, in the folder of the version and never in that of the site.</summary>
    public const string FileName = "record.ndjson";

    private const int Format = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>A record of nothing.</summary>
    public static SiteRecord Empty { get; } = new(new Dictionary<string, RecordedPage>(), new Dictionary<string, IReadOnlyList<RecordedFile>>());

    /// <summary>Writes the record whole or not at all.</summary>
    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(folder, FileName + ".unfinished");
        await using (var writer = new StreamWriter(new FileStream(unfinished, FileMode.CreateNew)))
        {
            await writer.WriteLineAsync(JsonSerializer.Serialize(new Header(Format, Pages.Count, Assets.Count), Json).AsMemory(), cancellationToken).ConfigureAwait(false);
            foreach (var page in Pages.Values.OrderBy(page => page.Route, StringComparer.Ordinal))
            {
                await writer.WriteLineAsync(JsonSerializer.Serialize(page, Json).AsMemory(), cancellationToken).ConfigureAwait(false);
            }

            foreach (var (asset, files) in Assets.OrderBy(asset => asset.Key, StringComparer.Ordinal))
            {
                await writer.WriteLineAsync(JsonSerializer.Serialize(new Asset(asset, files), Json).AsMemory(), cancellationToken).ConfigureAwait(false);
            }
        }

        File.Move(unfinished, Path.Combine(folder, FileName));
    }

    /// <summary>Reads the record of a version.</summary>
    /// <param name="folder">The version's folder.</param>
    /// <param name="maxPages">The most pages that it may have.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Null when there is none, or none that can be understood.</returns>
    public static async Task<SiteRecord?> TryReadAsync(string folder, int maxPages, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(Path.Combine(folder, FileName));
            var header = await ReadAsync<Header>(reader, cancellationToken).ConfigureAwait(false);
            if (header is not { Format: Format, Pages: >= 0, Assets: >= 0 } || header.Pages > maxPages)
            {
                return null;
            }

            var pages = new Dictionary<string, RecordedPage>(StringComparer.Ordinal);
            for (var i = 0; i < header.Pages; i++)
            {
                var page = await ReadAsync<RecordedPage>(reader, cancellationToken).ConfigureAwait(false);
                pages.Add(page.Route, page with { Files = Checked(page.Files) });
            }

            var assets = new Dictionary<string, IReadOnlyList<RecordedFile>>(StringComparer.Ordinal);
            for (var i = 0; i < header.Assets; i++)
            {
                var asset = await ReadAsync<Asset>(reader, cancellationToken).ConfigureAwait(false);
                assets.Add(asset.Path, Checked(asset.Files));
            }

            return new(pages, assets);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException or InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<T> ReadAsync<T>(StreamReader reader, CancellationToken cancellationToken) =>
        await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line && JsonSerializer.Deserialize<T>(line, Json) is { } value
            ? value
            : throw new InvalidDataException("The record ends early.");

    private static IReadOnlyList<RecordedFile> Checked(IReadOnlyList<RecordedFile> files) =>
        files.Count > 0 && files.All(static file => file is not null) ? files : throw new InvalidDataException("An entry has no file.");

    private sealed record Header(int Format, int Pages, int Assets);

    private sealed record Asset(string Path, IReadOnlyList<RecordedFile> Files);
}
