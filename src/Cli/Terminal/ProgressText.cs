using System.Globalization;
using Armature.Batching;

namespace Armature.Terminal;

/// <summary>How parts of a progress are written, in a bar and in a line.</summary>
internal static class ProgressText
{
    /// <summary>A rough time: <c>8 s</c>, <c>2 min 5 s</c>, <c>3 h 20 min</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        var rounded = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
        return rounded switch
        {
            { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{rounded.Seconds} s"),
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{rounded.Minutes} min {rounded.Seconds} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)rounded.TotalHours} h {rounded.Minutes} min"),
        };
    }

    /// <summary>What a silo has done and is doing.</summary>
    public static string Silo(SiloProgress silo) =>
        string.Create(CultureInfo.InvariantCulture, $"{Address(silo.Silo)} works on {silo.Running:N0}, has done {silo.Done:N0}");

    /// <summary>A silo's address: of "S127.0.0.1:11111:7", whose last part tells processes of one address apart, what a person has a use for.</summary>
    public static string Address(string silo) => silo.StartsWith('S') ? silo[1..silo.LastIndexOf(':')] : silo.Split('@')[0];
}
