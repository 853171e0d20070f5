using StackExchange.Redis;

namespace Armature.Storage;

/// <summary>Reads the fields of a hash that start with a prefix, each once, in pages of about a mebibyte.</summary>
/// <remarks>
/// HSCAN gives a field twice when the hash shrinks meanwhile, so those given are remembered while the scan lasts: about 100 bytes
/// each.
/// </remarks>
internal sealed class RedisHashScan<T>(IDatabase database, RedisKey hash, string prefix, Func<string, RedisValue, T> convert)
{
    private const int FirstCount = 100;
    private const int MaxCount = 1_000;
    private const int PageBytes = 1 << 20;

    private readonly string _pattern = Pattern(prefix);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private string _cursor = "0";
    private int _count = FirstCount;
    private bool _isAtEnd;

    /// <summary>The next page, which may be empty; null after the last.</summary>
    public async Task<List<T>?> ReadPageAsync()
    {
        if (_isAtEnd)
        {
            return null;
        }

        var reply = await database.ExecuteAsync("HSCAN", hash, _cursor, "MATCH", _pattern, "COUNT", _count).ConfigureAwait(false);
        _cursor = (string)reply[0]!;
        _isAtEnd = _cursor == "0";
        var fields = (RedisValue[])reply[1]!;
        var page = new List<T>(fields.Length / 2);
        long bytes = 0;
        for (var i = 0; i < fields.Length; i += 2)
        {
            bytes += fields[i].Length() + fields[i + 1].Length();
            var name = (string)fields[i]!;
            if (_given.Add(name))
            {
                page.Add(convert(name, fields[i + 1]));
            }
        }

        _count = NextCount(_count, bytes);
        return page;
    }

    // A count is of fields and not of bytes: large values ask for fewer of them.
    private static int NextCount(int count, long bytes) => bytes switch
    {
        > PageBytes => Math.Max(1, (int)(count * PageBytes / bytes)),
        < PageBytes / 2 => Math.Min(MaxCount, count * 2),
        _ => count,
    };

    private static string Pattern(string prefix)
    {
        var pattern = prefix;
        foreach (var special in (string[])["\\", "*", "?", "[", "]"])
        {
            pattern = pattern.Replace(special, "\\" + special, StringComparison.Ordinal);
        }

        return pattern + "*";
    }
}
