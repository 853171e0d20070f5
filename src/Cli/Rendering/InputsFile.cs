using System.Text.Json;
using Armature.CommandLine;

namespace Armature.Rendering;

/// <summary>A file of JSON that says for routes what their page depends on.</summary>
internal static class InputsFile
{
    private const long MaxBytes = 256L << 20;

    /// <summary>Reads the file.</summary>
    /// <returns>The inputs by route.</returns>
    /// <exception cref="UsageException">It cannot be read, or is not a JSON object of routes.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            if (file.Length > MaxBytes)
            {
                throw Unusable(path, $"it has {file.Length >> 20:N0} MiB, and at most {MaxBytes >> 20:N0} are read");
            }

            using var document = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
            return document.RootElement.ValueKind is JsonValueKind.Object ? Read(path, document.RootElement) : throw Unusable(path, "it is no JSON object");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Unusable(path, e.Message, e);
        }
    }

    private static Dictionary<string, string> Read(string path, JsonElement root)
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in root.EnumerateObject())
        {
            if (!RoutePath.TryNormalize(entry.Name, out var route))
            {
                throw Unusable(path, $"'{entry.Name}' is no route");
            }

            inputs[route] = entry.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number
                ? entry.Value.ToString()
                : throw Unusable(path, $"'{entry.Name}' has neither a string nor a number");
        }

        return inputs;
    }

    private static UsageException Unusable(string path, string why, Exception? cause = null)
    {
        var message = $"The --inputs '{path}' cannot be used: {why}. Give a JSON object such as {{\"/products/1\": \"v7\"}}.";
        return cause is null ? new(message) : new(message, cause);
    }
}
