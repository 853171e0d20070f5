using System.Runtime.CompilerServices;
using Armature.Rendering.Routes;
using Armature.Testing;
using CsCheck;

namespace Armature.Rendering.Output;

public sealed class IncrementalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string?> _inputs = [];
    private readonly FakeSite _site = new();

    private string Output => _folder.File("site");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_UnchangedInputs_RendersOnlyWhatChanged()
    {
        Data("/a", "1");
        Data("/b", "1");
        await RunAsync();
        Data("/b", "2");

        var stats = await RunAsync();

        (stats.PagesRendered, stats.PagesUnchanged, _site.Rendered).ShouldBe((1, 1, 3));
        SiteFiles.Read(Output).Values.ShouldBe(["/a of 1", "/b of 2"]);
    }

    [Fact]
    public async Task Run_RandomChanges_GivesWhatAFullRunGives()
    {
        var change = Gen.Select(Gen.Int[0, 11], Gen.Int[0, 3], Gen.Int[0, 5], (page, value, kind) => (page, value, kind));
        await change.Array[1, 6].Array[1, 6].SampleAsync(
            async runs =>
            {
                using var folder = new TemporaryFolder();
                SortedDictionary<string, string>? before = null;
                foreach (var run in runs)
                {
                    Change(run);
                    var options = Options();
                    options.Compress = run.Length % 2 == 0;
                    options.Layout = run.Length == 3 ? PageLayout.Files : PageLayout.Folders;
                    await _site.PreRenderAsync(folder.File("incremental"), options, TestContext.Current.CancellationToken);
                    options.Reuse = PageReuse.Never;
                    using var fresh = new TemporaryFolder();
                    await _site.PreRenderAsync(fresh.File("full"), options, TestContext.Current.CancellationToken);

                    var site = SiteFiles.Read(folder.File("incremental"));
                    site.ShouldBe(SiteFiles.Read(fresh.File("full")));
                    var versions = SiteFiles.Versions(folder.File("incremental"));
                    if (before is not null)
                    {
                        SiteFiles.Read(folder.File("incremental.versions", versions[^2], "site")).ShouldBe(before);
                    }

                    before = site;
                }
            },
            iter: 25,
            threads: 1);
    }

    [Fact]
    public async Task Run_WithoutInputs_RendersAlwaysUnlessTheBundleAloneCounts()
    {
        _inputs["/a"] = null;
        _site.Page("/a", "A");
        await RunAsync();
        await RunAsync();
        _site.Rendered.ShouldBe(2);
        var options = new PreRenderOptions { Routes = RouteSource.From(["/a"]), Reuse = PageReuse.ByBundle };

        await _site.PreRenderAsync(Output, options, TestContext.Current.CancellationToken);
        _site.Rendered.ShouldBe(2);

        _site.Bundle = new string('b', 64);
        await _site.PreRenderAsync(Output, options, TestContext.Current.CancellationToken);
        _site.Rendered.ShouldBe(3);
    }

    [Fact]
    public async Task Run_AFileThatSomebodyChanged_IsRenderedAgain()
    {
        Data("/a", "1");
        await RunAsync();
        await File.WriteAllTextAsync(Path.Combine(Output, "a", "index.html"), "defaced", TestContext.Current.CancellationToken);

        await RunAsync();

        SiteFiles.Read(Output).Values.ShouldBe(["/a of 1"]);
    }

    [Fact]
    public async Task Run_AFileThatBecameALink_IsRenderedAgain()
    {
        Data("/a", "1");
        await RunAsync();
        var file = Path.Combine(Output, "a", "index.html");
        File.Move(file, _folder.File("elsewhere"));
        File.CreateSymbolicLink(file, _folder.File("elsewhere"));

        await RunAsync();

        new FileInfo(file).LinkTarget.ShouldBeNull();
        _site.Rendered.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"format\":99,\"pages\":0,\"assets\":0}\n")]
    [InlineData("{\"format\":1,\"pages\":1,\"assets\":0}\n{\"route\":\"/a\"}\n")]
    [InlineData("{\"format\":1,\"pages\":1,\"assets\":0}\n{\"route\":null,\"stamp\":\"\",\"status\":200,\"contentType\":\"\",\"files\":[null]}\n")]
    [InlineData("{\"format\":1,\"pages\":1,\"assets\":0}\n{\"route\":\"/a\",\"stamp\":\"\",\"status\":200,\"contentType\":\"\",\"files\":[null]}\n")]
    [InlineData("{\"format\":1,\"pages\":2,\"assets\":0}\n")]
    [InlineData("no json")]
    public async Task Run_RecordThatCannotBeRead_IsAFullRunWithAWarning(string record)
    {
        Data("/a", "1");
        var first = await RunAsync();
        await File.WriteAllTextAsync(Path.Combine(Output + ".versions", first.Version!, SiteRecord.FileName), record, TestContext.Current.CancellationToken);

        var stats = await RunAsync();

        stats.PagesRendered.ShouldBe(1);
        stats.Warnings.ShouldHaveSingleItem().ShouldContain("cannot be read");
        SiteFiles.Read(Output).Values.ShouldBe(["/a of 1"]);
    }

    [Fact]
    public async Task Run_RecordThatLeadsOutOfTheSite_TakesNothingFromThere()
    {
        Data("/a", "1");
        var first = await RunAsync();
        await File.WriteAllTextAsync(_folder.File("secret"), "key", TestContext.Current.CancellationToken);
        var record = Path.Combine(Output + ".versions", first.Version!, SiteRecord.FileName);
        var forged = (await File.ReadAllTextAsync(record, TestContext.Current.CancellationToken))
            .Replace("a/index.html", "../../../secret", StringComparison.Ordinal)
            .Replace(SiteFile.HashOf("/a of 1"u8.ToArray()), SiteFile.HashOf("key"u8.ToArray()), StringComparison.Ordinal);
        await File.WriteAllTextAsync(record, forged, TestContext.Current.CancellationToken);

        await RunAsync();

        SiteFiles.Read(Output).Values.ShouldBe(["/a of 1"]);
    }

    [Fact]
    public async Task Run_ACrawlOverUnchangedPages_FindsTheirLinks()
    {
        _inputs["/"] = "1";
        _inputs["/a"] = "1";
        _site.Page("/", "<a href=a>a</a>").Page("/a", "<a href=b>b</a>").Page("/b", "b1");
        var options = Options();
        options.Routes = RouteSource.Crawl();
        await _site.PreRenderAsync(Output, options, TestContext.Current.CancellationToken);
        _site.Page("/b", "b2");

        var stats = await _site.PreRenderAsync(Output, options, TestContext.Current.CancellationToken);

        (stats.PagesRendered, stats.PagesUnchanged).ShouldBe((1, 2));
        SiteFiles.Read(Output)["b/index.html"].ShouldBe("b2");
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Run_APageForNotFoundThatBecameAnOther_IsNotTakenOver(int status)
    {
        Data("/", "1");
        _inputs["/404"] = "1";
        _site.Page("/404", "not found", status).Fail("/missing");
        await RunAsync();

        var stats = await RunAsync(notFoundRoute: "/missing");

        stats.Failed.Select(page => (page.Route, page.Code, page.KeepsLastGood))
            .ShouldBe([("/404", RenderErrorCodes.PageStatus, false), ("/missing", RenderErrorCodes.PageFailed, false)]);
        SiteFiles.Read(Output).Keys.ShouldBe(["index.html"]);
    }

    [Fact]
    public async Task Run_AFileOfDataThatBecameThePageForNotFound_IsNotTakenOver()
    {
        Data("/", "1");
        _inputs["/data.json"] = "1";
        _site.Typed("/data.json", "{}", "application/json");
        await RunAsync();

        var stats = await RunAsync(notFoundRoute: "/data.json");

        stats.Failed.ShouldHaveSingleItem().Code.ShouldBe(RenderErrorCodes.OutputName);
        SiteFiles.Read(Output).Keys.ShouldBe(["index.html"]);
    }

    [Fact]
    public async Task Run_APageThatBecameNoHtml_StaysAsItWas()
    {
        Data("/", "1");
        Data("/a", "1");
        await RunAsync();
        _inputs["/a"] = "2";
        _site.Typed("/a", "{}", "application/json");

        var stats = await RunAsync();

        var failed = stats.Failed.ShouldHaveSingleItem();
        (failed.Code, failed.KeepsLastGood).ShouldBe((RenderErrorCodes.OutputName, true));
        SiteFiles.Read(Output)["a/index.html"].ShouldBe("/a of 1");
    }

    [Fact]
    public async Task Run_TheBatchEndsWhileAPageIsTakenOver_IsCancelled()
    {
        _inputs["/"] = "1";
        _inputs["/b"] = "1";
        _site.Page("/", "<a href=a>a</a><a href=b>b</a>").Page("/a", "A").Page("/b", "B");
        var options = Options();
        options.Routes = RouteSource.Crawl();
        var first = await _site.PreRenderAsync(Output, options, TestContext.Current.CancellationToken);
        var waiting = new TaskCompletionSource();
        options.InputsOf = async (route, token) =>
        {
            if (route == "/b")
            {
                waiting.SetResult();
                var ended = new TaskCompletionSource();
                await using var registered = token.Register(ended.SetResult);
                await ended.Task;
            }

            return _inputs.GetValueOrDefault(route);
        };

        var stats = await new SitePreRenderer(TimeProvider.System).RunAsync(_site.ToRender() with { Render = EndAsync }, Output, options, TestContext.Current.CancellationToken);

        (stats.IsCancelled, stats.Version).ShouldBe((true, null));
        SiteFiles.Versions(Output).ShouldBe([first.Version!]);

        async IAsyncEnumerable<RenderedPage> EndAsync(IAsyncEnumerable<string> routes, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await waiting.Task.WaitAsync(cancellationToken);
            yield break;
        }
    }

    private void Change((int Page, int Value, int Kind)[] changes)
    {
        foreach (var (page, value, kind) in changes)
        {
            var route = page < 6 ? $"/p{page}" : $"/p{page - 6}/more";
            switch (kind)
            {
                case 0:
                    _inputs.Remove(route);
                    break;
                case 1:
                    _inputs[route] = $"redirect {value}";
                    _site.Redirect(route, $"/p{value}");
                    break;
                default:
                    Data(route, new string((char)('a' + value), kind * 700));
                    break;
            }
        }
    }

    // A page's content follows from its inputs, as is declared.
    private void Data(string route, string data)
    {
        _inputs[route] = data;
        _site.Page(route, $"{route} of {data}");
    }

    private PreRenderOptions Options() => new()
    {
        Routes = RouteSource.From(["/", .. _inputs.Keys.Where(route => route != "/")]),
        InputsOf = (route, _) => ValueTask.FromResult(_inputs.GetValueOrDefault(route)),
    };

    private Task<StaticSiteStats> RunAsync(string? notFoundRoute = null)
    {
        var options = Options();
        options.NotFoundRoute = notFoundRoute;
        options.Routes = RouteSource.From(_inputs.Keys.ToArray());
        return _site.PreRenderAsync(Output, options, TestContext.Current.CancellationToken);
    }
}
