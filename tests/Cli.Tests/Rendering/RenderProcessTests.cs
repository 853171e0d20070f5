using Armature.CommandLine;
using Armature.Testing;
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
