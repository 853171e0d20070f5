using System.Formats.Tar;
using System.Security.Cryptography;
using Armature.Hosting;
using Armature.Storage;
using Microsoft.Extensions.Options;

namespace Armature.Rendering;

/// <summary>How a bundle is packed by a client and unpacked by a silo.</summary>
public sealed class SitePackageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly InMemoryBlobStore _blobs = new(TimeProvider.System);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Open_SameFilesElsewhereAndLater_HasTheSameBundle()
    {
        var one = Build("one");
        var two = Build("two");
        File.SetLastWriteTimeUtc(Path.Combine(two, "server", "entry-server.js"), DateTime.UnixEpoch);

        Site.Open(two).Description.Bundle.ShouldBe(Site.Open(one).Description.Bundle);
    }

    [Fact]
    public void Open_OtherContent_HasAnotherBundle()
    {
        var one = Build("one");
        var before = Site.Open(one).Description.Bundle;
        File.AppendAllText(Path.Combine(one, "server", "assets", "data.json"), " ");

        Site.Open(one).Description.Bundle.ShouldNotBe(before);
    }

    [Fact]
    public void Open_OtherTemplate_HasAnotherBundle()
    {
        var one = Build("one");
        var before = Site.Open(one).Description;
        before.Template.ShouldNotBeNull();
        File.AppendAllText(Path.Combine(one, "client", "index.html"), " ");

        Site.Open(one).Description.Bundle.ShouldNotBe(before.Bundle);
    }

    [Theory]
    [InlineData("a:b.js")]
    [InlineData("a\\b.js")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789.js")]
    public void Open_FileThatNoSiloUnpacks_SaysWhich(string name)
    {
        var one = Build("one");
        File.WriteAllText(Path.Combine(one, "server", name), "");

        var refused = Should.Throw<RenderException>(() => Site.Open(one));

        refused.Code.ShouldBe(RenderErrorCodes.SiteUnusable);
        refused.Message.ShouldContain(name);
    }

    [Fact]
    public void Open_EntryIsALink_SaysSo()
    {
        var one = Build("one");
        var entry = Path.Combine(one, "server", "entry-server.js");
        File.Move(entry, Path.Combine(one, "real.js"));
        File.CreateSymbolicLink(entry, Path.Combine(one, "real.js"));

        Should.Throw<RenderException>(() => Site.Open(one)).Message.ShouldContain("symbolic link");
    }

    [Theory]
    [InlineData("nowhere", "is no folder")]
    [InlineData("empty", "no folder 'server'")]
    public void Open_NoSite_SaysWhatIsMissing(string name, string words)
    {
        _folder.CreateSubdirectory("empty");

        var refused = Should.Throw<RenderException>(() => Site.Open(Path.Combine(_folder.FullName, name)));

        refused.Code.ShouldBe(RenderErrorCodes.SiteUnusable);
        refused.Message.ShouldContain(words);
    }

    [Fact]
    public void Open_EntryOutsideOfTheFolder_IsRefused()
    {
        var one = Build("one");
        File.WriteAllText(Path.Combine(_folder.FullName, "secret.mjs"), "");

        Should.Throw<RenderException>(() => Site.Open(one, new() { Entry = "../secret.mjs" })).Message.ShouldContain("../secret.mjs");
    }

    [Fact]
    public async Task UnpackAsync_PackedSite_HasItsFiles()
    {
        var site = Site.Open(Build("one"));
        await SendAsync(site.Description.Bundle, target => site.Package.WriteTo(target));
        var target = Path.Combine(_folder.FullName, "unpacked");

        await UnpackAsync(site.Description.Bundle, target);

        Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(target, file).Replace('\\', '/'))
            .ShouldBe(["entry-server.js", "assets/data.json", "package.json", SiteLayout.TemplateName], ignoreOrder: true);
        (await File.ReadAllTextAsync(Path.Combine(target, "assets", "data.json"), Token)).ShouldBe("{}");
    }

    [Fact]
    public async Task UnpackAsync_NotThere_IsMissing() =>
        (await Should.ThrowAsync<RenderException>(() => UnpackAsync(new('a', 64), "unused"))).Code.ShouldBe(RenderErrorCodes.SiteMissing);

    [Fact]
    public async Task UnpackAsync_OtherContentUnderTheName_IsRefused()
    {
        var site = Site.Open(Build("one"));
        await SendAsync(new('a', 64), target => site.Package.WriteTo(target));

        (await RefusedAsync(new('a', 64))).ShouldContain("does not have the content");
    }

    [Theory]
    [InlineData("../evil.mjs")]
    [InlineData("/etc/evil.mjs")]
    [InlineData("a/../../evil.mjs")]
    [InlineData("a\\evil.mjs")]
    [InlineData("C:/evil.mjs")]
    public async Task UnpackAsync_NameThatLeadsOut_IsRefused(string name)
    {
        var bundle = await SendEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) });

        (await RefusedAsync(bundle)).ShouldContain("plain relative names");
        Directory.EnumerateFiles(_folder.FullName, "evil.mjs", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task UnpackAsync_Link_IsRefused()
    {
        var bundle = await SendEntryAsync(new UstarTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "/etc" });

        (await RefusedAsync(bundle)).ShouldContain("SymbolicLink");
    }

    [Fact]
    public async Task UnpackAsync_NoArchive_IsRefused()
    {
        var text = new byte[5000];
        Array.Fill(text, (byte)'x');
        var bundle = Convert.ToHexStringLower(SHA256.HashData(text));
        await _blobs.PutAsync(RenderSite.BlobNameOf(bundle), text, Token);

        (await Should.ThrowAsync<RenderException>(() => UnpackAsync(bundle, Path.Combine(_folder.FullName, "unpacked")))).Code.ShouldBe(RenderErrorCodes.SiteUnusable);
    }

    [Fact]
    public async Task UnpackAsync_TooLarge_IsRefused()
    {
        var site = Site.Open(Build("one"));
        await SendAsync(site.Description.Bundle, target => site.Package.WriteTo(target));
        var options = new ArmatureOptions();
        options.Rendering.MaxBundleBytes = 2048;

        var refused = await Should.ThrowAsync<RenderException>(
            () => new SiteUnpacker(_blobs, Options.Create(options)).UnpackAsync(site.Description.Bundle, Path.Combine(_folder.FullName, "unpacked"), Token));

        refused.Message.ShouldContain("2,048");
    }

    private string Build(string name)
    {
        var folder = _folder.CreateSubdirectory(name);
        var server = folder.CreateSubdirectory("server");
        File.WriteAllText(Path.Combine(server.FullName, "entry-server.js"), "export const render = () => '';");
        File.WriteAllText(Path.Combine(server.CreateSubdirectory("assets").FullName, "data.json"), "{}");
        File.WriteAllText(Path.Combine(folder.CreateSubdirectory("client").FullName, "index.html"), "<!--app-->");
        return folder.FullName;
    }

    private async Task SendAsync(string bundle, Action<Stream> write)
    {
        using var archive = new MemoryStream();
        write(archive);
        await _blobs.PutAsync(RenderSite.BlobNameOf(bundle), archive.ToArray(), Token);
    }

    private async Task<string> SendEntryAsync(TarEntry entry)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            writer.WriteEntry(entry);
        }

        var bundle = Convert.ToHexStringLower(SHA256.HashData(archive.ToArray()));
        await _blobs.PutAsync(RenderSite.BlobNameOf(bundle), archive.ToArray(), Token);
        return bundle;
    }

    private async Task<string> RefusedAsync(string bundle)
    {
        var refused = await Should.ThrowAsync<RenderException>(() => UnpackAsync(bundle, Path.Combine(_folder.FullName, "unpacked")));
        refused.Code.ShouldBe(RenderErrorCodes.SiteUnusable);
        return refused.Message;
    }

    private Task UnpackAsync(string bundle, string folder) =>
        new SiteUnpacker(_blobs, Options.Create(new ArmatureOptions())).UnpackAsync(bundle, folder, Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
