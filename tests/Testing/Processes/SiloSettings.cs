using System.Globalization;

namespace Armature.Testing.Processes;

/// <summary>How a silo process is started. Every port is free and the data folder is its own unless said otherwise.</summary>
public sealed record SiloSettings
{
    /// <summary>The assembly that is run, beside the tests.</summary>
    public string Assembly { get; init; } = "Armature.Orleans.TestSilo.dll";

    /// <summary>The arguments of its command line.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public int SiloPort { get; init; } = FreePort.Next();

    public int GatewayPort { get; init; } = FreePort.Next();

    public int HttpPort { get; init; } = FreePort.Next();

    /// <summary>The data folder; null gives the process a temporary one.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The connection string of the cluster's Redis; null for a silo alone.</summary>
    public string? Redis { get; init; }

    /// <summary>Further options by their path below <c>Armature</c>, such as <c>Cluster:Secret</c>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    internal IEnumerable<KeyValuePair<string, string>> Environment(string dataFolder)
    {
        yield return Variable("DataFolder", dataFolder);
        yield return Variable("Cluster:SiloPort", SiloPort.ToString(CultureInfo.InvariantCulture));
        yield return Variable("Cluster:GatewayPort", GatewayPort.ToString(CultureInfo.InvariantCulture));
        yield return Variable("Http:Port", HttpPort.ToString(CultureInfo.InvariantCulture));
        if (Redis is not null)
        {
            yield return Variable("Redis:ConnectionString", Redis);
        }

        foreach (var (path, value) in Options)
        {
            yield return Variable(path, value);
        }
    }

    private static KeyValuePair<string, string> Variable(string path, string value) =>
        KeyValuePair.Create($"ARMATURE__{path.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant()}", value);
}
