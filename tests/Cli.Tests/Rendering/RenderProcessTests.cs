using Armature.CommandLine;
using Armature.Testing;
using Armature.Testing.Redis;
using Armature.Testing.Sites;

namespace Armature.Rendering;

/// <summary>The command as a process, with Node and a site of one module.</summary>
public sealed class RenderProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Output => _folder.File("public");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Render_Crawl_WritesTheSiteAndThenOnlyWhatChanged()
    {
        var inputs = _folder.File("inputs.json");
        await File.WriteAllTextAsync(inputs, """{"/": 1, "/about": 1}""", TestContext.Current.CancellationToken);
        string[] line = ["render", TestSites.Plain, "--entry", "site.mjs", "--crawl", "--out", Output, "--inputs", inputs, "--origin", "https://example.com", "--sitemap-xml", "--json"];

        var first = (await CommandProcess.RunAsync(line)).ShouldExitWith(ExitCode.Done).Json;
        var second = (await CommandProcess.RunAsync(line)).ShouldExitWith(ExitCode.Done).Json;

        var pages = first.GetProperty("items").GetInt32();
        pages.ShouldBeGreaterThan(2);
        (first.GetProperty("rendered").GetInt32(), first.GetProperty("bundle").GetString()!.Length).ShouldBe((pages, 64));
        (second.GetProperty("rendered").GetInt32(), second.GetProperty("unchanged").GetInt32()).ShouldBe((pages - 2, 2));
        File.ReadAllText(Path.Combine(Output, "about", "index.html")).ShouldContain("A site for tests.");
        File.ReadAllText(Path.Combine(Output, "sitemap.xml")).ShouldContain("<loc>https://example.com/about</loc>");
    }

    [Fact]
    public async Task Render_PagesThatFail_AreListedWithTheirRoutes()
    {
        var routes = _folder.File("routes.txt");
        await File.WriteAllTextAsync(routes, "/about\n/throw\n/missing\n//evil\n/moved\n", TestContext.Current.CancellationToken);

        var result = (await CommandProcess.RunAsync("render", TestSites.Plain, "--entry", "site.mjs", "--routes", routes, "--out", Output)).ShouldExitWith(ExitCode.SomeFailed);

        result.Output.ShouldContain("2 of 5 pages done, 3 failed");
        result.Output.ShouldContain("failed: /throw: page_failed:");
        result.Output.ShouldContain("failed: /missing: page_status:");
        result.Output.ShouldContain("failed: //evil: route_invalid:");
        File.ReadAllText(Path.Combine(Output, "moved", "index.html")).ShouldContain("url=/about");
    }

    [Fact]
    public async Task Render_Interrupted_LeavesTheLastSite()
    {
        (await CommandProcess.RunAsync("render", TestSites.Plain, "--entry", "site.mjs", "--crawl", "--out", Output)).ShouldExitWith(ExitCode.Done);
        var before = Directory.ResolveLinkTarget(Output, returnFinalTarget: true)!.FullName;
        var routes = _folder.File("routes.txt");
        await File.WriteAllTextAsync(routes, "/about\n/never\n", TestContext.Current.CancellationToken);
        using var command = CommandProcess.Start(["render", TestSites.Plain, "--entry", "site.mjs", "--routes", routes, "--out", Output]);
        await Eventually.BecomesTrueAsync(() => Directory.GetDirectories(Output + ".versions").Length == 2, "the run has begun its version");

        command.Interrupt();

        (await command.WaitAsync()).ShouldExitWith(ExitCode.Cancelled).Error.ShouldContain("cancelled");
        Directory.ResolveLinkTarget(Output, returnFinalTarget: true)!.FullName.ShouldBe(before);
        Directory.GetDirectories(Output + ".versions").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Render_ASiteOfReact_WritesPagesInItsTemplateAndItsScripts()
    {
        var site = await TestSites.ReactAsync(TestContext.Current.CancellationToken);

        (await CommandProcess.RunAsync("render", site, "--out", Output, "--compress", "--layout", "files")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("bundle ");

        var home = File.ReadAllText(Path.Combine(Output, "index.html"));
        home.ShouldStartWith("<!doctype html>", Case.Insensitive);
        home.ShouldContain(Path.GetFileName(Directory.GetFiles(Path.Combine(Output, "assets"), "*.js").ShouldHaveSingleItem()));
        File.Exists(Path.Combine(Output, "index.html.br")).ShouldBeTrue();
    }

    [Fact]
    public async Task Render_OnACluster_WritesWhatTheClusterRendersHere()
    {
        await using var redis = await RedisServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var one = await CommandProcess.ServeAsync(redis.ConnectionString, _folder.File("data"));
        using var other = await CommandProcess.ServeAsync(redis.ConnectionString, _folder.File("data"));

        var result = await CommandProcess.RunAsync("render", TestSites.Plain, "--entry", "site.mjs", "--crawl", "--out", Output, "--cluster", redis.ConnectionString);

        result.ShouldExitWith(ExitCode.Done).Error.ShouldContain("batch ");
        File.ReadAllText(Path.Combine(Output, "about", "index.html")).ShouldContain("A site for tests.");
    }

    [Fact]
    public async Task Render_WithoutNode_IsBadUsageBeforeAnyPage()
    {
        using var command = CommandProcess.Start(["render", TestSites.Plain, "--entry", "site.mjs", "--crawl", "--out", Output], ("ARMATURE__RENDERING__NODEPATH", _folder.File("no-node")));

        (await command.WaitAsync()).ShouldExitWith(ExitCode.BadUsage).Error.ShouldContain("no-node");
        Path.Exists(Output).ShouldBeFalse();
    }

    [Theory]
    [InlineData("none", "is no folder")]
    [InlineData("", "has no folder 'server'")]
    public async Task Render_WhatIsNoSite_IsBadUsage(string folder, string why) =>
        (await CommandProcess.RunAsync("render", _folder.File(folder), "--out", Output)).ShouldExitWith(ExitCode.BadUsage).Error.ShouldContain(why);

    [Fact]
    public async Task Render_IntoAFolderOfAUser_IsBadUsage()
    {
        Directory.CreateDirectory(Output);
        await File.WriteAllTextAsync(Path.Combine(Output, "thesis.txt"), "years", TestContext.Current.CancellationToken);

        (await CommandProcess.RunAsync("render", TestSites.Plain, "--entry", "site.mjs", "--out", Output)).ShouldExitWith(ExitCode.BadUsage).Error.ShouldContain("never removed");
        File.Exists(Path.Combine(Output, "thesis.txt")).ShouldBeTrue();
    }
}
