using System.Globalization;
using Armature.Batching;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Armature.Terminal;

/// <summary>A bar with counts, rate and remaining time, and under it what each silo works on: for a person at a terminal.</summary>
internal sealed class LiveProgressView(IAnsiConsole console, TimeProvider timeProvider) : IProgressView
{
    private const int MaxSilos = 12;

    public Task ShowAsync(string title, string? opening, Func<IProgress<ProgressSnapshot>, Task> work)
    {
        var rate = new RateMeter(timeProvider);
        var latest = new ProgressSnapshot(0, 0, 0, []);
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .UseRenderHook((bar, _) => new Rows([bar, .. SiloLines(latest.Silos)]))
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(opening is null ? title : $"{title}: {opening} ..."));
                await work(new Reporter(snapshot =>
                {
                    if (snapshot.Note is not null)
                    {
                        console.WriteLine(snapshot.Note);
                    }

                    latest = snapshot;
                    rate.Note(snapshot.Done);
                    bar.MaxValue = Math.Max(1, snapshot.Total);
                    bar.Value = snapshot.Done;
                    bar.Description = Describe(title, snapshot, rate);
                }));
            });
    }

    private static string Describe(string title, ProgressSnapshot snapshot, RateMeter rate)
    {
        var remaining = rate.TimeFor(snapshot.Left) is { } time ? $" {ProgressText.Duration(time)} left" : "";
        if (snapshot.Text is not null)
        {
            return Markup.Escape($"{title} {snapshot.Text}{remaining}");
        }

        var failed = snapshot.Failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" [red]{snapshot.Failed:N0} failed[/]");
        return string.Create(CultureInfo.InvariantCulture,
            $"{Markup.Escape(title)} {snapshot.Done:N0} of {snapshot.Total:N0}{failed} {rate.PerSecond:F1}/s{remaining}");
    }

    private static IEnumerable<IRenderable> SiloLines(IReadOnlyList<SiloProgress> silos)
    {
        foreach (var silo in silos.Take(MaxSilos))
        {
            yield return new Text("  " + ProgressText.Silo(silo));
        }

        if (silos.Count > MaxSilos)
        {
            yield return new Text(string.Create(CultureInfo.InvariantCulture, $"  and {silos.Count - MaxSilos:N0} more silos"));
        }
    }

    // Progress<T> of the framework reports on the thread pool, in no order.
    private sealed class Reporter(Action<ProgressSnapshot> report) : IProgress<ProgressSnapshot>
    {
        public void Report(ProgressSnapshot value) => report(value);
    }
}
