using System.Globalization;

namespace Armature.Caching;

/// <summary>A time to live as it is typed: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>7d</c>, or seconds alone.</summary>
internal static class CacheTtlText
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400), ("", 1)];
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromDays(3_650);

    /// <summary>Reads a time; the error says what is allowed.</summary>
    public static bool TryParse(string text, out TimeSpan ttl, out string error)
    {
        var (unit, seconds) = Units.First(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        if (double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && TryCreate(count * seconds, out ttl))
        {
            error = "";
            return true;
        }

        ttl = default;
        error = $"'{text}' is no time to live. Give a number with ms, s, m, h or d, from 1ms to 3650d, such as 30s or 5m.";
        return false;
    }

    /// <summary>A time of so many seconds; false when it is out of range.</summary>
    public static bool TryCreate(double seconds, out TimeSpan ttl)
    {
        ttl = seconds > 0 && seconds <= Most.TotalSeconds ? TimeSpan.FromSeconds(seconds) : default;
        return ttl >= Least;
    }
}
