using Armature.Batching;
using Armature.CommandLine;
using Armature.FileSystem;
using Armature.Hosting;
using Armature.Terminal;
using Armature.Testing;

namespace Armature.Images;

public sealed class ImagesRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeImageFileWorker _worker;

    public ImagesRunTests() => _worker = new FakeImageFileWorker(_folder.File("out"));

    [Fact]
    public async Task RunAsync_GoodAndBadFiles_CountsBoth()
    {
        Write("in/a.jpg", "in/bad.jpg", "in/b.jpg");

        var report = await RunAsync();

        (report.Items, report.Succeeded, report.Skipped, report.Outputs).ShouldBe((3, 2, 0, 2));
        report.Failed.ShouldHaveSingleItem().Item.ShouldBe(_folder.File("in", "bad.jpg"));
        report.ExitCode.ShouldBe(ExitCode.SomeFailed);
    }

    [Fact]
    public async Task RunAsync_SecondRun_WorksOnWhatChangedAlone()
    {
        Write("in/a.jpg", "in/b.jpg", "in/bad.jpg");
        await RunAsync();
        _worker.Worked.Clear();
        File.WriteAllText(_folder.File("in", "b.jpg"), "changed");

        var report = await RunAsync();

        _worker.Worked.ShouldBe(["b.jpg", "bad.jpg"], ignoreOrder: true);
        (report.Items, report.Succeeded, report.Skipped, report.Outputs).ShouldBe((3, 2, 1, 1));
    }

    [Fact]
    public async Task RunAsync_SecondRunWithAnotherPlan_MakesAllAgain()
    {
        Write("in/a.jpg");
        await RunAsync();

        var report = await RunAsync(size: new ImageSize(100, 100));

        report.Skipped.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_SecondRunByForce_MakesAllAgain()
    {
        Write("in/a.jpg");
        await RunAsync();

        var report = await RunAsync(existing: ExistingOutputs.Remake);

        (report.Skipped, report.Outputs).ShouldBe((0, 1));
    }

    [Fact]
    public async Task RunAsync_ManifestThatCannotBeWritten_ReportsAllTheSame()
    {
        Write("in/a.jpg");
        Directory.CreateDirectory(_folder.File("out", OutputManifest.FileName));

        var report = await RunAsync();

        (report.Succeeded, report.ExitCode).ShouldBe((1, ExitCode.Done));
    }

    [Fact]
    public async Task RunAsync_OutputInsideInput_IsNotTakenForAnInputAgain()
    {
        Write("in/a.jpg");
        var worker = new FakeImageFileWorker(_folder.File("in", "thumbs"));

        await RunAsync(worker, output: _folder.File("in", "thumbs"));
        var second = await RunAsync(worker, output: _folder.File("in", "thumbs"));

        (second.Items, second.Skipped).ShouldBe((1, 1));
    }

    [Fact]
    public async Task RunAsync_OutputIsTheInput_IsBadUsage()
    {
        Write("in/a.jpg");

        await Should.ThrowAsync<UsageException>(() => RunAsync(_worker, output: _folder.File("in")));

        _worker.Worked.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_OutputIsAFile_IsBadUsage()
    {
        Write("in/a.jpg", "out");

        await Should.ThrowAsync<UsageException>(() => RunAsync());
    }

    [Fact]
    public async Task RunAsync_OutputsThatCollide_FailBesideTheOthers()
    {
        Write("in/a.png", "in/a.png.jpg", "in/b.jpg");

        var report = await RunAsync();

        report.Failed.Select(failed => failed.Code).ShouldBe(["output_conflict", "output_conflict"]);
        _worker.Worked.ShouldBe(["b.jpg"]);
    }

    [Fact]
    public async Task RunAsync_NothingFound_IsDone()
    {
        Directory.CreateDirectory(_folder.File("in"));

        var report = await RunAsync();

        (report.Items, report.ExitCode).ShouldBe((0, ExitCode.Done));
        Directory.Exists(_folder.File("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_Cancelled_SaysWhatWasFinishedAndRemembersIt()
    {
        Write("in/a.jpg", "in/b.jpg");
        using var cancel = new CancellationTokenSource();
        _worker.Before = file => CancelAt("b.jpg", file, cancel);

        var report = await RunAsync(_worker, cancellationToken: cancel.Token);

        (report.Cancelled, report.Succeeded, report.ExitCode).ShouldBe((true, 1, ExitCode.Cancelled));
        _worker.Before = _ => { };
        (await RunAsync()).Skipped.ShouldBe(1);
    }

    [Theory]
    [InlineData("in/x-cancelled.jpg", "in/y-unsent.jpg", "in/z.jpg")]
    [InlineData("in/x-cancelled.jpg", "in/y-cancelled.jpg", "in/z-cancelled.jpg")]
    [InlineData("in/x-unsent.jpg", "in/y.jpg", "in/z.jpg")]
    public async Task RunAsync_BatchCancelledFromOutside_SaysSoAndCountsEveryFile(params string[] notDone)
    {
        Write(["in/a.jpg", "in/bad.jpg", .. notDone]);

        var report = await RunAsync();

        (report.Items, report.Succeeded, report.Failed.Count, report.NotDone).ShouldBe((5, 1, 1, 3));
        (report.Cancelled, report.ExitCode).ShouldBe((true, ExitCode.Cancelled));
        using var summary = new StringWriter();
        ImagesSummary.Write(summary, report);
        summary.ToString().ShouldStartWith("Cancelled: 1 of 5 files done, 1 failed, 3 not done.");
    }

    [Fact]
    public async Task RunAsync_BatchLost_FailsWhatWasNotDone()
    {
        Write("in/a.jpg", "in/b.jpg", "in/c.jpg");
        _worker.Before = file =>
        {
            if (file.Source.RelativePath == "b.jpg")
            {
                throw new BatchFailedException("x", "no silo is left.");
            }
        };

        var report = await RunAsync();

        report.Succeeded.ShouldBe(1);
        report.Failed.Select(failed => (failed.Item, failed.Code)).ShouldBe([(_folder.File("in", "b.jpg"), "batch_lost"), (_folder.File("in", "c.jpg"), "batch_lost")]);
    }

    public void Dispose() => _folder.Dispose();

    private static void CancelAt(string name, PlannedFile file, CancellationTokenSource cancel)
    {
        if (file.Source.RelativePath == name)
        {
            cancel.Cancel();
        }
    }

    private void Write(params string[] files)
    {
        foreach (var file in files)
        {
            _folder.Write(file, file);
        }
    }

    private Task<ImagesReport> RunAsync(ImageSize? size = null, ExistingOutputs existing = ExistingOutputs.Keep) =>
        RunAsync(_worker, size: size, existing: existing);

    private Task<ImagesReport> RunAsync(
        FakeImageFileWorker worker,
        string? output = null,
        ImageSize? size = null,
        ExistingOutputs existing = ExistingOutputs.Keep,
        CancellationToken? cancellationToken = null)
    {
        var arguments = new ImagesArguments
        {
            Inputs = [_folder.File("in")],
            OutputFolder = output ?? _folder.File("out"),
            Size = size,
            Existing = existing,
            Common = new CommonArguments(null, ReportFormat.Text, Verbosity.Quiet),
        };
        var plan = VariantPlan.Create(arguments, new ImagesOptions());
        return new ImagesRun(arguments, plan, worker, new SilentProgressView(), TimeProvider.System).RunAsync(cancellationToken ?? TestContext.Current.CancellationToken);
    }
}
