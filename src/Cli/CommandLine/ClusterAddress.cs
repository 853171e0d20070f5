using System.Globalization;

namespace Armature.CommandLine;

/// <summary>Where a running cluster is: its Redis, or an <c>armature serve</c> of this machine.</summary>
/// <param name="Redis">The cluster's Redis as HOST:PORT; null for a server without Redis on this machine.</param>
internal sealed record ClusterAddress(string? Redis)
{
    private const string LocalWord = "local";

    /// <summary>The <c>armature serve</c> without Redis on this machine.</summary>
    public static ClusterAddress Local { get; } = new((string?)null);

    public bool IsLocal => Redis is null;

    /// <summary>Reads <c>HOST:PORT</c> or <c>local</c>; the error says what is allowed.</summary>
    public static bool TryParse(string text, out ClusterAddress address, out string error)
    {
        address = Local;
        error = "";
        if (text.Equals(LocalWord, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!IsHostAndPort(text))
        {
            error = $"'{text}' is no address of a cluster. Give its Redis as HOST:PORT, such as localhost:6379, or the word 'local' for an 'armature serve' of this machine.";
            return false;
        }

        address = new ClusterAddress(text);
        return true;
    }

    /// <summary>True for a host name, an IPv4 address or a bracketed IPv6 address, with a port from 1 to 65535.</summary>
    public static bool IsHostAndPort(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65_535)
        {
            return false;
        }

        return Uri.CheckHostName(text[..colon]) is not UriHostNameType.Unknown;
    }
}
