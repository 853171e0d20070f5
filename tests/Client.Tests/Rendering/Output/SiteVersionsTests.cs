using Armature.Rendering.Routes;
using Armature.Testing;

namespace Armature.Rendering.Output;

public sealed class SiteVersionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Output => _folder.File("site");

    private string Versions => Output + ".versions";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_SeveralRuns_KeepsTwoVersions()
    {
        foreach (var html in new[] { "1", "2", "3" })
        {
            await PublishAsync(html);
        }

        var versions = SiteFiles.Versions(Output);
        versions.Count.ShouldBe(2);
        versions.Select(version => File.ReadAllText(Path.Combine(Versions, version, "site", "index.html"))).ShouldBe(["2", "3"]);
        SiteFiles.Read(Output)["index.html"].ShouldBe("3");
    }

    [Fact]
    public async Task Publish_WhileASiteIsRead_NeverMissesAFile()
    {
        await PublishAsync("0");
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var reads = 0;
            while (!stop.IsCancellationRequested)
            {
                File.ReadAllText(Path.Combine(Output, "index.html")).ShouldNotBeEmpty();
                reads++;
            }

            return reads;
        });

        for (var i = 1; i <= 20; i++)
        {
            await PublishAsync($"{i}");
        }

        await stop.CancelAsync();
        (await reading).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Publish_MovedWithItsVersions_StillLeadsToTheSite()
    {
        await PublishAsync("home");
        Directory.CreateDirectory(_folder.File("www"));
        Directory.Move(Versions, _folder.File("www", "site.versions"));
        File.Move(Output, _folder.File("www", "site"));

        SiteFiles.Read(_folder.File("www", "site"))["index.html"].ShouldBe("home");
    }

    [Fact]
    public async Task Open_EmptyFolder_BecomesTheSite()
    {
        Directory.CreateDirectory(Output);

        await PublishAsync("home");

        SiteFiles.Read(Output).Keys.ShouldBe(["index.html"]);
    }

    [Fact]
    public async Task Open_FolderOfAUser_IsRefusedAndLeftAlone()
    {
        Directory.CreateDirectory(Output);
        await File.WriteAllTextAsync(Path.Combine(Output, "thesis.txt"), "years", TestContext.Current.CancellationToken);

        await RefusedAsync("never removed");

        File.ReadAllText(Path.Combine(Output, "thesis.txt")).ShouldBe("years");
        Directory.Exists(Versions).ShouldBeFalse();
    }

    [Fact]
    public async Task Open_OutputThatIsAFile_IsRefused()
    {
        await File.WriteAllTextAsync(Output, "mine", TestContext.Current.CancellationToken);

        await RefusedAsync("never removed");

        File.ReadAllText(Output).ShouldBe("mine");
    }

    [Fact]
    public async Task Open_OutputThatLinksElsewhere_IsRefusedAndWhatItLeadsToStays()
    {
        var home = Directory.CreateDirectory(_folder.File("home")).FullName;
        await File.WriteAllTextAsync(Path.Combine(home, "thesis.txt"), "years", TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(Output, home);

        await RefusedAsync("is a link that leads to");

        Directory.GetFiles(home).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Open_VersionsThatLinkElsewhere_AreRefused()
    {
        var home = Directory.CreateDirectory(_folder.File("home")).FullName;
        Directory.CreateSymbolicLink(Versions, home);

        await RefusedAsync("was not made for that");

        Directory.GetFileSystemEntries(home).ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_VersionsThatAreSomebodyElses_AreRefused()
    {
        Directory.CreateDirectory(Versions);
        await File.WriteAllTextAsync(Path.Combine(Versions, "thesis.txt"), "years", TestContext.Current.CancellationToken);

        await RefusedAsync("was not made for that");
    }

    [Fact]
    public async Task Open_AVersionThatLinksElsewhere_IsNeitherFollowedNorRemoved()
    {
        await PublishAsync("1");
        var home = Directory.CreateDirectory(_folder.File("home")).FullName;
        await File.WriteAllTextAsync(Path.Combine(home, "thesis.txt"), "years", TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(Path.Combine(Versions, "20200101T000000000Z-00000000"), home);

        await PublishAsync("2");
        await PublishAsync("3");

        File.ReadAllText(Path.Combine(home, "thesis.txt")).ShouldBe("years");
        SiteFiles.Read(Output)["index.html"].ShouldBe("3");
    }

    [Fact]
    public async Task Open_WhileAnotherRunWrites_IsRefused()
    {
        using var gate = new SemaphoreSlim(0);
        var begun = new TaskCompletionSource();
        var site = new FakeSite
        {
            Before = async (_, token) =>
            {
                begun.TrySetResult();
                await gate.WaitAsync(token);
            },
        }.Page("/", "first");
        var first = site.PreRenderAsync(Output, Options(), TestContext.Current.CancellationToken);
        await begun.Task;

        await RefusedAsync("is being written by another run");

        gate.Release();
        (await first).Version.ShouldNotBeNull();
        SiteFiles.Read(Output)["index.html"].ShouldBe("first");
    }

    [Fact]
    public async Task Run_Cancelled_LeavesTheLastSiteAndNothingElse()
    {
        await PublishAsync("good");
        using var cancel = new CancellationTokenSource();
        var site = new FakeSite { Before = (_, _) => cancel.CancelAsync() }.Page("/", "new");

        await Should.ThrowAsync<OperationCanceledException>(site.PreRenderAsync(Output, Options(), cancel.Token));

        SiteFiles.Read(Output)["index.html"].ShouldBe("good");
        SiteFiles.Versions(Output).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Run_RendererThatFails_LeavesTheLastSiteAndSaysWhy()
    {
        await PublishAsync("good");
        var site = new FakeSite { Before = (_, _) => throw new RenderException(RenderErrorCodes.SiteUnusable, "Nobody answers.") };

        (await Should.ThrowAsync<RenderException>(site.PreRenderAsync(Output, Options(), TestContext.Current.CancellationToken))).Message.ShouldBe("Nobody answers.");

        SiteFiles.Read(Output)["index.html"].ShouldBe("good");
        SiteFiles.Versions(Output).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Run_RendererThatEndsEarly_ReportsThePagesThatItOwes()
    {
        var site = new FakeSite().Page("/", "home");
        var silent = site.ToRender() with { Render = (_, _) => AsyncEnumerable.Empty<RenderedPage>() };

        var stats = await new SitePreRenderer(TimeProvider.System).RunAsync(silent, Output, Options(), TestContext.Current.CancellationToken);

        stats.Failed.ShouldHaveSingleItem().Code.ShouldBe(ItemErrorCodes.Cancelled);
        (stats.Version, stats.IsCancelled).ShouldBe((null, true));
    }

    [Fact]
    public async Task Run_ABatchThatIsCancelledElsewhere_PublishesNoHalfOfASite()
    {
        await PublishAsync("good");
        var site = new FakeSite().Page("/", "new").Fail("/a", ItemErrorCodes.Cancelled);

        var stats = await site.PreRenderAsync(Output, new() { Routes = RouteSource.From(["/", "/a"]) }, TestContext.Current.CancellationToken);

        (stats.Version, stats.IsCancelled).ShouldBe((null, true));
        SiteFiles.Read(Output)["index.html"].ShouldBe("good");
    }

    [Fact]
    public async Task Publish_MarkThatCannotBeWritten_IsNoFailureOfASiteThatIsPublished()
    {
        var site = new FakeSite { Before = (_, _) => Task.FromResult(Directory.CreateDirectory(Path.Combine(Versions, SiteFiles.Versions(Output)[^1], "published"))) }.Page("/", "home");

        (await site.PreRenderAsync(Output, Options(), TestContext.Current.CancellationToken)).Version.ShouldNotBeNull();

        SiteFiles.Read(Output)["index.html"].ShouldBe("home");
    }

    [Fact]
    public async Task Publish_OutputThatBecameAFileMeanwhile_IsRefusedAndLeavesTheFile()
    {
        var site = new FakeSite { Before = (_, token) => File.WriteAllTextAsync(Output, "mine", token) }.Page("/", "home");

        (await Should.ThrowAsync<RenderException>(site.PreRenderAsync(Output, Options(), TestContext.Current.CancellationToken))).Code.ShouldBe(RenderErrorCodes.OutputUnusable);

        File.ReadAllText(Output).ShouldBe("mine");
    }

    private Task<StaticSiteStats> PublishAsync(string html) => new FakeSite().Page("/", html).PreRenderAsync(Output, Options(), TestContext.Current.CancellationToken);

    private async Task RefusedAsync(string why)
    {
        var refused = await Should.ThrowAsync<RenderException>(PublishAsync("new"));
        refused.Code.ShouldBe(RenderErrorCodes.OutputUnusable);
        refused.Message.ShouldContain(why);
    }

    private static PreRenderOptions Options() => new() { Routes = RouteSource.From(["/"]) };
}
