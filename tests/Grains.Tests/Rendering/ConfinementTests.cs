using System.Globalization;
using Armature.Testing;

namespace Armature.Rendering;

/// <summary>What the code of a site may do to the machine it runs on.</summary>
public sealed class ConfinementTests(RenderingCluster cluster) : IClassFixture<RenderingCluster>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task RenderAsync_FileOfTheBundle_IsRead()
    {
        var page = await RenderAsync("readFileSync(new URL('./data.txt', import.meta.url), 'utf8')");

        page.Html.ShouldBe("data of the bundle");
    }

    [Theory]
    [InlineData("readFileSync('/etc/passwd', 'utf8')")]
    [InlineData("readFileSync(new URL('../../', import.meta.url).pathname + '.owner', 'utf8')")]
    [InlineData("readFileSync('/proc/' + process.ppid + '/environ', 'utf8')")]
    [InlineData("String(writeFileSync(new URL('./data.txt', import.meta.url), 'changed'))")]
    [InlineData("String(writeFileSync('written', 'x'))")]
    [InlineData("execSync('id').toString()")]
    [InlineData("String(new Worker('', { eval: true }))")]
    public async Task RenderAsync_WhatIsNoneOfItsBusiness_IsDenied(string expression)
    {
        var failed = await Should.ThrowAsync<RenderException>(() => RenderAsync(expression));

        failed.Code.ShouldBe(RenderErrorCodes.PageFailed);
        failed.Message.ShouldContain("Access to this API has been restricted");
    }

    [Fact]
    public async Task RenderAsync_Environment_IsBare()
    {
        Environment.SetEnvironmentVariable("ARMATURE__CLUSTER__SECRET_OF_A_TEST", "secret");

        var page = await RenderAsync("JSON.stringify(process.env)");

        page.Html.ShouldContain("\"NODE_ENV\":\"production\"");
        page.Html.ShouldNotContain("SECRET");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<RenderedPage> RenderAsync(string expression)
    {
        var server = Directory.CreateDirectory(Path.Combine(_folder.Path, "server")).FullName;
        await File.WriteAllTextAsync(Path.Combine(server, "data.txt"), "data of the bundle");
        await File.WriteAllTextAsync(Path.Combine(server, "site.mjs"), string.Create(CultureInfo.InvariantCulture, $$"""
            import { readFileSync, writeFileSync } from 'node:fs';
            import { execSync } from 'node:child_process';
            import { Worker } from 'node:worker_threads';

            export const used = [readFileSync, writeFileSync, execSync, Worker];
            export const render = () => {{expression}};
            """));
        return await cluster.Client.RenderAsync(Site.Open(_folder.Path), "/", cancellationToken: TestContext.Current.CancellationToken);
    }
}
