using System.Diagnostics.Metrics;
using Armature.Processes;

namespace Armature.Rendering;

/// <summary>The metrics of page rendering on this silo.</summary>
internal static class RenderingInstruments
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Armature.Rendering";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Pages = Meter.CreateCounter<long>("armature.rendering.pages", "{page}", "Pages, by what became of them: ok or an error code.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("armature.rendering.duration", "s", "How long a page took, its wait for a process included.");
    private static readonly Counter<long> Deaths = Meter.CreateCounter<long>("armature.rendering.deaths", "{page}", "Pages that were in a process when it died, and were rendered again alone.");

    public static void OnPage(string outcome, TimeSpan duration)
    {
        Pages.Add(1, KeyValuePair.Create<string, object?>("outcome", outcome));
        Duration.Record(duration.TotalSeconds);
    }

    public static void OnProcessDied(ProcessDeathCause cause) => Deaths.Add(1, KeyValuePair.Create<string, object?>("cause", cause.ToString()));
}
