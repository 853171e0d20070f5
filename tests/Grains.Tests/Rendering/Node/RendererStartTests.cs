using Armature.Processes;
using Armature.Testing;

namespace Armature.Rendering.Node;

/// <summary>What is said when a renderer cannot begin, and how it ends when it is not needed.</summary>
public sealed class RendererStartTests : IDisposable
{
    private readonly TemporaryFolder _site = new();

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData("export const paint = () => '';\nexport default 1;", "must export a function render(url, context); its exports are: default, paint")]
    [InlineData("", "its exports are: none")]
    [InlineData("throw new Error('no database');", "Error: no database\n    at site.mjs:1:7")]
    [InlineData("import 'left-pad-of-nowhere';", "The bundle needs left-pad-of-nowhere, which is not in it. A bundle contains its packages: build it with ssr.noExternal: true (Vite)")]
    [InlineData("export const render = (;", "SyntaxError")]
    [InlineData("Promise.reject(new Error('no database'));\nawait new Promise(() => {});", "A promise was rejected and nobody handled it: Error: no database")]
    [InlineData("process.exit(0);", "process.exit(0) was called")]
    public async Task Start_BundleOfNoUse_SaysWhy(string module, string reason) =>
        (await FailureOfAsync(Write(module))).ShouldContain(reason);

    [Fact]
    public async Task Start_NoSuchEntry_NamesTheFile()
    {
        var site = Write("export const render = () => '';") with { Entry = "server/main.mjs" };

        (await FailureOfAsync(site)).ShouldContain($"The bundle has no file {_site.File("server", "main.mjs")}");
    }

    [Fact]
    public async Task Start_EntryOutsideOfTheBundle_IsRefused()
    {
        var site = Write("export const render = () => '';") with { Entry = "../site.mjs" };

        (await FailureOfAsync(site)).ShouldBe("\"entry\" is a path inside the bundle, but \"../site.mjs\" leads out of it\n");
    }

    [Fact]
    public async Task Start_NoSuchTemplate_NamesTheFile()
    {
        var site = Write("export const render = () => '';") with { Template = "index.html" };

        (await FailureOfAsync(site)).ShouldContain($"The template {_site.File("index.html")} cannot be read");
    }

    [Fact]
    public async Task Start_UnknownAdapter_NamesThoseThereAre()
    {
        var site = Write("export const render = () => '';") with { Adapter = "astro" };

        (await FailureOfAsync(site)).ShouldBe("\"adapter\" is one of angular, module, but is \"astro\"\n");
    }

    [Fact]
    public async Task Start_AngularAdapterOnAnotherBundle_SaysWhatItNeeds()
    {
        var site = Write("export const render = () => '';") with { Adapter = "angular" };

        (await FailureOfAsync(site)).ShouldContain("main.server.mjs of an application of Angular 19 or later");
    }

    [Fact]
    public async Task Start_NodeIsTooOld_SaysSo()
    {
        const string old = "--import=data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.18.3'}})";

        await using var child = await RendererChild.LaunchAsync(RendererSite.Plain, _ => [old]);

        var (exitCode, errors) = await child.WaitForExitAsync();
        exitCode.ShouldBe(1);
        errors.ShouldStartWith("Rendering needs Node 20.19 or later");
    }

    [Fact]
    public async Task Start_UnderNodesPermissionModel_ReadsTheBundleAndNothingElse()
    {
        var secret = _site.File("secret.txt");
        await File.WriteAllTextAsync(secret, "a secret", TestContext.Current.CancellationToken);
        var permission = await PermissionFlagAsync();

        await using var child = await RendererChild.StartAsync(
            RendererSite.Plain,
            renderer => [permission, $"--allow-fs-read={renderer.Folder}", $"--allow-fs-read={RendererSite.Plain.Root}"]);

        (await child.RenderAsync("/about")).Status.ShouldBe(200);
        (await child.RenderAsync("/throw")).Message.ShouldContain("site.mjs:");
        (await child.RenderAsync($"/read?path={Path.Combine(RendererSite.Plain.Root, "site.mjs")}")).Status.ShouldBe(200);
        var refused = await child.RenderAsync($"/read?path={secret}");
        refused.Code.ShouldBe("page_failed");
        refused.Message.ShouldContain("Access to this API has been restricted");
    }

    [Fact]
    public async Task Start_ParentIsGone_EndsAtOnce()
    {
        await using var child = await RendererChild.LaunchAsync(RendererSite.Plain, (ChildEnvironment.ParentId, "1"));

        (await child.WaitForExitAsync()).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task InputEnds_PageInFlight_EndsAtOnce()
    {
        await using var child = await RendererChild.StartPlainAsync();
        var page = child.RenderAsync("/never");

        child.CloseInput();

        (await child.WaitForExitAsync()).ShouldBe((0, ""));
        (await page).ShouldBe(RendererAnswer.Died);
    }

    [Fact]
    public async Task Interrupt_Running_IsIgnored()
    {
        await using var child = await RendererChild.StartPlainAsync();

        child.Process.SendInterrupt();

        (await child.RenderAsync("/wait/50")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Input_NoFrame_EndsTheProcess()
    {
        await using var child = await RendererChild.StartPlainAsync();

        child.WriteRaw("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        (await child.WaitForExitAsync()).ShouldBe((1, "Standard input carries no frames of version 1.\n"));
    }

    private RendererSite Write(string module)
    {
        File.WriteAllText(_site.File("site.mjs"), module);
        return new RendererSite(_site.Path, "module", "site.mjs");
    }

    private static async Task<string> PermissionFlagAsync() =>
        Version.Parse(await UnpackedRenderer.RunNodeAsync("-p", "process.versions.node")) >= new Version(22, 13) ? "--permission" : "--experimental-permission";

    private static async Task<string> FailureOfAsync(RendererSite site)
    {
        await using var child = await RendererChild.LaunchAsync(site);
        var (exitCode, errors) = await child.WaitForExitAsync();
        exitCode.ShouldBe(1);
        return errors;
    }
}
