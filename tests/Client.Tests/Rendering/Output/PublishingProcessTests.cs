using System.Diagnostics;
using Armature.Testing;

namespace Armature.Rendering.Output;

/// <summary>Processes that publish a site and die of it.</summary>
public sealed class PublishingProcessTests : IDisposable
{
    private const int Kills = 8;
    private const int Pages = 100;

    private static readonly string Child = Path.Combine(AppContext.BaseDirectory, "Armature.Orleans.TestChild");

    private readonly TemporaryFolder _folder = new();

    private string Output => _folder.File("site");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Pages)]
    [InlineData(10)]
    public async Task Publish_KilledAnywhere_LeavesAWholeSiteAndNothingThatStays(int changed)
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            await PublishUntilKilledAsync(changed, times: kill % 5, further: TimeSpan.FromMilliseconds(7 * kill));

            SitesRead(0, changed).ShouldHaveSingleItem();
            SitesRead(changed, Pages).ShouldAllBe(said => said.StartsWith("same.", StringComparison.Ordinal));
        }

        using var last = Process.Start(new ProcessStartInfo(Child, ["site", Output, "last", "10"]) { RedirectStandardOutput = true })!;
        await last.WaitForExitAsync(TestContext.Current.CancellationToken);

        last.ExitCode.ShouldBe(0);
        SitesRead(0, Pages).ShouldBe(["last......"]);
        SiteFiles.Versions(Output).Count.ShouldBe(2);
        SiteFiles.Versions(Output).ShouldAllBe(version => File.Exists(Path.Combine(Output + ".versions", version, "published")));
    }

    [Fact]
    public async Task Publish_FullDisk_SaysSoAndLeavesTheLastSite()
    {
        var disk = Directory.CreateDirectory(_folder.File("disk")).FullName;
        Assert.SkipUnless(await RunAsync("true") is (0, _), "This system gives no disk of a process's own (unshare --mount), so none can be filled.");

        var (_, said) = await RunAsync(
            $"""
            mount -t tmpfs -o size=4m none {disk}
            {Child} site {disk}/site good 10
            {Child} site {disk}/site large 100000
            cat {disk}/site/*/index.html | sort -u; echo; ls {disk}/site.versions | wc -l
            {Child} site {disk}/site again 10
            """);

        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(5, said);
        lines[1].ShouldStartWith($"{RenderErrorCodes.OutputUnwritable}: The disk of '{disk}/site' is full");
        lines[2].ShouldBe(string.Concat(Enumerable.Repeat("good......", Pages)));
        lines[3].ShouldBe("1");
        lines[4].ShouldBe(lines[4].Trim());
        lines[4].ShouldNotContain(":");
    }

    // By all readers that come one after the other: what the pages of the site say, each thing once.
    private string[] SitesRead(int from, int to) =>
        [.. Enumerable.Range(from, to - from).Select(page => File.ReadAllText(Path.Combine(Output, $"{page}", "index.html"))).Distinct()];

    private async Task PublishUntilKilledAsync(int changed, int times, TimeSpan further)
    {
        using var publisher = Process.Start(new ProcessStartInfo(Child, ["site", Output, $"{changed}"]) { RedirectStandardOutput = true })!;
        for (var i = 0; i <= times; i++)
        {
            (await publisher.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        }

        // Anywhere in the next run: the moment does not matter to what is asserted.
        await Task.Delay(further, TimeProvider.System, TestContext.Current.CancellationToken);
        publisher.Kill();
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", script]) { RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (shell.ExitCode, output);
    }
}
