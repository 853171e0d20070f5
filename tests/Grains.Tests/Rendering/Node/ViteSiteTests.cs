using Armature.Testing.Sites;

namespace Armature.Rendering.Node;

/// <summary>One server bundle of Vite for each of the three frameworks whose example is in tests/Sites.</summary>
public sealed class ViteSiteTests
{
    public static TheoryData<string> Frameworks { get; } = ["react", "vue", "svelte"];

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task Render_Product_FillsTheTemplate(string framework)
    {
        await using var child = await StartAsync(framework);

        var page = await child.RenderAsync("/products/7");

        page.Status.ShouldBe(200);
        page.Html.ShouldStartWith("<!doctype html>");
        page.Html.ShouldContain("assets/index-"); // The script of the browser's build.
        page.Html.ShouldContain("Product");
        page.Html.ShouldNotContain("<!--page-->");
    }

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task Render_Home_LinksToOtherPages(string framework)
    {
        await using var child = await StartAsync(framework);

        (await child.RenderAsync("/")).Html.ShouldContain("href=\"/products/19\"");
    }

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task Render_ComponentThrows_SaysWhyAndWhere(string framework)
    {
        await using var child = await StartAsync(framework);

        var failed = await child.RenderAsync("/throw");

        failed.Code.ShouldBe("page_failed");
        failed.Message.ShouldStartWith("Error: thrown in ");
        failed.Message.Split('\n')[1].ShouldContain("src/"); // Through the source map, and before the framework's own frames.
    }

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task Render_UnknownRoute_IsNoPage(string framework)
    {
        await using var child = await StartAsync(framework);

        (await child.RenderAsync("/no/such/page")).Code.ShouldBe("page_not_found");
    }

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task Routes_ExportOfTheBundle_AreListed(string framework)
    {
        await using var child = await StartAsync(framework);

        (await child.AskAsync("""{"op":"routes"}""")).Text.ShouldContain("""{"path":"/products/19","mode":"prerender","parameters":false}""");
    }

    [Fact]
    public async Task Render_ReactProduct_IsOfTheSizeThatIsMeasured()
    {
        await using var child = await StartAsync("react");

        (await child.RenderAsync("/products/7")).Html.Length.ShouldBeInRange(15_000, 19_000);
    }

    [Fact]
    public async Task Render_ReactStream_IsReadToItsEnd()
    {
        await using var child = await StartAsync("react");

        (await child.RenderAsync("/stream")).Html.ShouldBe("<h1>About</h1>");
    }

    [Fact]
    public async Task Render_ReactErrorInsideOfSuspense_IsAFailureThoughReactShowsTheFallback()
    {
        await using var child = await StartAsync("react");

        var failed = await child.RenderAsync("/stream-broken");

        failed.Code.ShouldBe("page_failed");
        failed.Message.ShouldStartWith("Error: thrown in a component");
    }

    private static async Task<RendererChild> StartAsync(string framework)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var root = framework switch
        {
            "react" => await TestSites.ReactAsync(cancellationToken),
            "vue" => await TestSites.VueAsync(cancellationToken),
            _ => await TestSites.SvelteAsync(cancellationToken),
        };
        return await RendererChild.StartAsync(RendererSite.OfVite(root));
    }
}
