using System.Globalization;

namespace Armature.Terminal;

/// <summary>Plain lines, a few seconds apart: for logs and pipes.</summary>
internal sealed class LineProgressView(TextWriter writer, TimeProvider timeProvider) : IProgressView
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    public Task ShowAsync(string title, string? opening, Func<IProgress<ProgressSnapshot>, Task> work)
    {
        if (opening is not null)
        {
            writer.WriteLine($"{title}: {opening} ...");
        }

        return work(new Lines(title, writer, timeProvider));
    }

    private sealed class Lines(string title, TextWriter writer, TimeProvider timeProvider) : IProgress<ProgressSnapshot>
    {
        private readonly RateMeter _rate = new(timeProvider);
        private long _writtenAt = timeProvider.GetTimestamp();

        public void Report(ProgressSnapshot value)
        {
            _rate.Note(value.Done);
            if (value.Note is not null)
            {
                writer.WriteLine($"{title}: {value.Note}");
            }

            if (timeProvider.GetElapsedTime(_writtenAt) < Interval)
            {
                return;
            }

            _writtenAt = timeProvider.GetTimestamp();
            writer.WriteLine($"{title}: {value.Text ?? Counts(value)}{Remaining(value)}{Silos(value)}");
        }

        private string Counts(ProgressSnapshot value) =>
            string.Create(CultureInfo.InvariantCulture, $"{value.Done:N0} of {value.Total:N0} done, {value.Failed:N0} failed, {_rate.PerSecond:F1}/s");

        private string Remaining(ProgressSnapshot value) =>
            _rate.TimeFor(value.Left) is { } time ? $", {ProgressText.Duration(time)} left" : "";

        private static string Silos(ProgressSnapshot value) =>
            value.Silos.Count == 0 ? "" : "; " + string.Join("; ", value.Silos.Select(ProgressText.Silo));
    }
}
