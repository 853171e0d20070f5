using Armature.Batching;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Terminal;

public sealed class LineProgressViewTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _writer = new();

    [Fact]
    public async Task ShowAsync_ManyReports_WritesALineEveryFewSeconds()
    {
        await ShowAsync(reports: 60, everySeconds: 0.1);

        Lines.Length.ShouldBe(3);
    }

    [Fact]
    public async Task ShowAsync_Line_SaysHowFarAndWhatSilosDo()
    {
        await ShowAsync(reports: 4, everySeconds: 1);

        Lines[1].ShouldBe("images: 3 of 100 done, 1 failed, 1.0/s, 1 min 37 s left; 127.0.0.1:11111 works on 2, has done 3");
    }

    [Fact]
    public async Task ShowAsync_BeforeTheFirstReport_SaysWhatItWaitsFor()
    {
        await ShowAsync(reports: 0, everySeconds: 1);

        Lines.ShouldBe(["images: starting a silo ..."]);
    }

    [Fact]
    public async Task ShowAsync_TotalThatStillGrows_SaysNoRemainingTime()
    {
        await new LineProgressView(_writer, _time).ShowAsync("images", null, progress =>
        {
            _time.Advance(TimeSpan.FromSeconds(4));
            progress.Report(new ProgressSnapshot(100, 99, 0, []) { IsTotalKnown = false });
            return Task.CompletedTask;
        });

        Lines.ShouldHaveSingleItem().ShouldBe("images: 99 of 100 done, 0 failed, 24.8/s");
    }

    [Fact]
    public async Task ShowAsync_WordsOfItsOwn_StandInPlaceOfTheCounts()
    {
        await new LineProgressView(_writer, _time).ShowAsync("validate", null, progress =>
        {
            _time.Advance(TimeSpan.FromSeconds(4));
            progress.Report(new ProgressSnapshot(100, 50, 0, []) { Text = "0.1 of 0.2 MB, 7 rows" });
            return Task.CompletedTask;
        });

        Lines.ShouldHaveSingleItem().ShouldBe("validate: 0.1 of 0.2 MB, 7 rows, 4 s left");
    }

    [Fact]
    public async Task ShowAsync_Note_IsWrittenAtOnce()
    {
        await new LineProgressView(_writer, _time).ShowAsync("hash", opening: null, progress =>
        {
            progress.Report(new ProgressSnapshot(100, 1, 0, []) { Note = "silo 127.0.0.1:11111 joined" });
            return Task.CompletedTask;
        });

        Lines.ShouldBe(["hash: silo 127.0.0.1:11111 joined"]);
    }

    private string[] Lines => _writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private Task ShowAsync(int reports, double everySeconds) => new LineProgressView(_writer, _time).ShowAsync("images", "starting a silo", progress =>
    {
        for (var done = 1; done <= reports; done++)
        {
            _time.Advance(TimeSpan.FromSeconds(everySeconds));
            progress.Report(new ProgressSnapshot(100, done - 1, 1, [new SiloProgress("127.0.0.1:11111@7", 2, done)]));
        }

        return Task.CompletedTask;
    });

    public void Dispose() => _writer.Dispose();
}
