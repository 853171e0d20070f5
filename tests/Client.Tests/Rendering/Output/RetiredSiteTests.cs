using Armature.Rendering.Routes;
using Armature.Testing;

namespace Armature.Rendering.Output;

/// <summary>Runs of which each takes folders of the version that the run before has retired.</summary>
public sealed class RetiredSiteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeSite _site = new FakeSite().Page("/", "home").Page("/a", "A").Page("/a/b", "B");

    private string Output => _folder.File("site");

    private string Retired => Path.Combine(Output + ".versions", ".retired", "site");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_OverUnchangedPages_MovesTheirFolders()
    {
        await RunAsync(times: 3);
        Directory.GetFiles(Retired, "*", SearchOption.AllDirectories).Length.ShouldBe(3);
        var known = DateTime.UnixEpoch.AddDays(1);
        Directory.SetLastWriteTimeUtc(Path.Combine(Retired, "a", "b"), known);

        await RunAsync(times: 1);

        Directory.GetLastWriteTimeUtc(Path.Combine(Output, "a", "b")).ShouldBe(known);
        Whole();
    }

    [Fact]
    public async Task Run_Retires_OneVersionBesideThoseThatAreKept()
    {
        await RunAsync(times: 6);

        var folders = Directory.EnumerateDirectories(Output + ".versions").Select(path => Path.GetFileName(path)).ToArray();
        folders.Length.ShouldBe(3);
        folders.ShouldContain(".retired");
        Whole();
    }

    [Fact]
    public async Task Run_ThatRendersAll_RemovesTheRetiredVersion()
    {
        await RunAsync(times: 3);

        await RunAsync(times: 1, PageReuse.Never);

        Directory.EnumerateDirectories(Output + ".versions").Count().ShouldBe(2);
    }

    [Fact]
    public async Task Run_ThatFails_LeavesTheKeptVersionsWhole()
    {
        await RunAsync(times: 4);
        _site.Bundle = new string('b', 64);
        _site.Before = static (_, _) => throw new InvalidOperationException("The renderer is gone.");

        await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(times: 1));

        Whole();
        SiteFiles.Versions(Output).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Run_AFolderWithAFileOfSomebody_StaysOutOfTheSite()
    {
        await RunAsync(times: 3);
        await File.WriteAllTextAsync(Path.Combine(Retired, "a", "b", "thesis.txt"), "years", TestContext.Current.CancellationToken);

        await RunAsync(times: 1);

        Whole();
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("other.html")]
    public async Task Run_AFileThatSomebodyReplaced_StaysOutOfTheSite(string name)
    {
        await RunAsync(times: 3);
        var folder = Path.Combine(Retired, "a", "b");
        File.Delete(Path.Combine(folder, "index.html"));
        await File.WriteAllTextAsync(Path.Combine(folder, name), "defaced", TestContext.Current.CancellationToken);

        await RunAsync(times: 1);

        Whole();
        _site.Rendered.ShouldBe(3);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a/b")]
    [InlineData("a/b/index.html")]
    public async Task Run_WhatLiesBehindALink_IsNotMoved(string linked)
    {
        await RunAsync(times: 3);
        var path = Path.Combine(Retired, linked);
        var elsewhere = _folder.File("elsewhere");
        Directory.Move(path, elsewhere);
        File.CreateSymbolicLink(path, elsewhere);
        var there = FilesOf(elsewhere);

        await RunAsync(times: 1);

        FilesOf(elsewhere).ShouldBe(there);
        Directory.EnumerateFileSystemEntries(Output + "/", "*", SearchOption.AllDirectories).ShouldAllBe(entry => new FileInfo(entry).LinkTarget == null);
        Whole();
    }

    [Fact]
    public async Task Run_ARetiredVersionThatIsALink_IsRefused()
    {
        await RunAsync(times: 3);
        var home = Directory.CreateDirectory(_folder.File("home")).FullName;
        Directory.Delete(Path.GetDirectoryName(Retired)!, recursive: true);
        Directory.CreateSymbolicLink(Path.GetDirectoryName(Retired)!, home);

        (await Should.ThrowAsync<RenderException>(() => RunAsync(times: 1))).Code.ShouldBe(RenderErrorCodes.OutputUnusable);

        Directory.Exists(home).ShouldBeTrue();
    }

    [Fact]
    public async Task Run_ARetiredVersionThatIsALinkInside_IsNotMoved()
    {
        await RunAsync(times: 3);
        var elsewhere = _folder.File("elsewhere");
        Directory.Move(Retired, elsewhere);
        Directory.CreateSymbolicLink(Retired, elsewhere);

        await RunAsync(times: 1);

        FilesOf(elsewhere).Length.ShouldBe(3);
        Whole();
    }

    [Fact]
    public async Task Run_ARetiredVersionThatCannotBeRemoved_HasNoVersionsPileUp()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "No folder is read-only for this user.");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await RunAsync(times: 3);
        var folder = Path.Combine(Retired, "a", "b");
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await RunAsync(times: 5);

        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        SiteFiles.Versions(Output).Count.ShouldBe(4);
        SiteFiles.Read(Output).Count.ShouldBe(3);
        await RunAsync(times: 1);
        Whole();
    }

    private static string[] FilesOf(string path) => File.Exists(path) ? [path] : Directory.GetFiles(path, "*", SearchOption.AllDirectories);

    // Each version that is kept has every page, and nothing else.
    private void Whole()
    {
        var kept = SiteFiles.Versions(Output).Where(version => version != ".retired").ToArray();
        kept.Length.ShouldBe(2);
        foreach (var version in kept)
        {
            SiteFiles.Read(Path.Combine(Output + ".versions", version, "site"))
                .ShouldBe(new Dictionary<string, string> { ["a/b/index.html"] = "B", ["a/index.html"] = "A", ["index.html"] = "home" });
        }
    }

    private async Task RunAsync(int times, PageReuse reuse = PageReuse.ByBundle)
    {
        for (var i = 0; i < times; i++)
        {
            var options = new PreRenderOptions { Routes = RouteSource.From(["/", "/a", "/a/b"]), Reuse = reuse };
            await _site.PreRenderAsync(Output, options, TestContext.Current.CancellationToken);
        }
    }
}
