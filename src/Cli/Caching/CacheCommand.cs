using System.CommandLine;
using Armature.CommandLine;

namespace Armature.Caching;

/// <summary><c>armature cache</c>: the entries of a running cluster's caches.</summary>
internal sealed class CacheCommand : Command
{
    private readonly Option<string> _name = new("--name", "-n") { Description = "The cache's name.", HelpName = "CACHE", Required = true };

    private readonly Argument<string[]> _keys = new("KEYS") { Description = "The keys.", Arity = ArgumentArity.OneOrMore };

    private readonly Argument<string[]> _pairs = new("KEY VALUE")
    {
        Description = "Keys and values in turn. A value is stored as it is given: for a cache of JSON, which is the default of the client, give JSON, such as '\"text\"' or '{\"a\":1}'.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Argument<string> _file = new("FILE")
    {
        Description = "Lines of JSON: {\"key\":\"a\",\"value\":{...},\"ttl\":\"5m\"}. ttl may be left out, or be a number of seconds. '-' is standard input.",
    };

    private readonly Option<TimeSpan?> _ttl = new("--ttl")
    {
        Description = "How long entries live that say nothing else: a number with ms, s, m, h or d. Without it the cache's own default counts.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (CacheTtlText.TryParse(result.Tokens[0].Value, out var ttl, out var error))
            {
                return ttl;
            }

            result.AddError(error);
            return null;
        },
    };

    private readonly Option<bool> _sliding = new("--sliding") { Description = "Count --ttl from the last read, not from the write." };

    private readonly CommonOptions _common;

    public CacheCommand(CommonOptions common)
        : base("cache", "Reads and writes the caches of a running cluster; needs --cluster.")
    {
        _common = common;
        Get = new Command("get", "Shows the values of keys.") { _name, _keys };
        Set = new Command("set", "Writes values.") { _name, _pairs, _ttl, _sliding };
        Delete = new Command("delete", "Removes entries.") { _name, _keys };
        Exists = new Command("exists", "Says which keys have an entry.") { _name, _keys };
        Ttl = new Command("ttl", "Says how long entries live on.") { _name, _keys };
        Warm = new Command("warm", "Writes the entries of a file.") { _name, _file, _ttl, _sliding };
        Stats = new Command("stats", "Shows for each silo what its caches hold and how often they are asked.");
        foreach (var verb in new[] { Get, Set, Delete, Exists, Ttl, Warm, Stats })
        {
            Add(verb);
        }
    }

    public Command Get { get; }

    public Command Set { get; }

    public Command Delete { get; }

    public Command Exists { get; }

    public Command Ttl { get; }

    public Command Warm { get; }

    public Command Stats { get; }

    public string ReadName(ParseResult parsed) => parsed.GetRequiredValue(_name);

    public string[] ReadKeys(ParseResult parsed) => parsed.GetRequiredValue(_keys);

    public string ReadFile(ParseResult parsed) => parsed.GetRequiredValue(_file);

    /// <summary>Reads keys and values.</summary>
    /// <exception cref="UsageException">The last key has no value.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> ReadPairs(ParseResult parsed)
    {
        var given = parsed.GetRequiredValue(_pairs);
        return given.Length % 2 == 0
            ? [.. given.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]))]
            : throw new UsageException($"The key '{given[^1]}' has no value. Give keys and values in turn: KEY VALUE KEY VALUE.");
    }

    /// <summary>Reads how long entries live; null for the cache's own default.</summary>
    /// <exception cref="UsageException">There is --sliding without --ttl.</exception>
    public CacheExpiry? ReadExpiry(ParseResult parsed) => (parsed.GetValue(_ttl), parsed.GetValue(_sliding)) switch
    {
        ({ } ttl, true) => CacheExpiry.Sliding(ttl),
        ({ } ttl, false) => CacheExpiry.After(ttl),
        (null, true) => throw new UsageException("--sliding says from when --ttl counts. Give --ttl too."),
        _ => null,
    };

    /// <summary>Reads the common options.</summary>
    /// <exception cref="UsageException">There is no --cluster.</exception>
    public (ClusterAddress Cluster, CommonArguments Common) ReadCluster(ParseResult parsed)
    {
        var common = CommonArguments.Read(parsed, _common);
        return (common.RequireCluster(Name), common);
    }
}
