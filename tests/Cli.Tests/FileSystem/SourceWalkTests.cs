using System.Diagnostics;
using Armature.CommandLine;
using Armature.Testing;

namespace Armature.FileSystem;

public sealed class SourceWalkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Walk_FolderOfFolders_FindsAllInTheOrderOfTheirNames()
    {
        _folder.Write("photos/b.jpg");
        _folder.Write("photos/a/z.png");
        _folder.Write("photos/a/b/c.gif");

        Relative("photos").ShouldBe([Path.Combine("a", "b", "c.gif"), Path.Combine("a", "z.png"), "b.jpg"]);
    }

    [Fact]
    public void Walk_FileAsInput_HasItsNameAsRelativePath() =>
        Walk(_folder.Write("photos/deep/a.jpg")).Files.ShouldBe([new SourceFile(_folder.File("photos/deep/a.jpg"), "a.jpg")]);

    [Fact]
    public void Walk_HiddenEntries_AreSkippedUnlessGivenByName()
    {
        _folder.Write("photos/.hidden.jpg");
        _folder.Write("photos/.trash/a.jpg");
        _folder.Write("photos/seen.jpg");

        Relative("photos").ShouldBe(["seen.jpg"]);
        Relative("photos/.hidden.jpg").ShouldBe([".hidden.jpg"]);
        Relative("photos/.trash").ShouldBe(["a.jpg"]);
    }

    [Fact]
    public void Walk_LinksInACircle_WalksEveryFolderOnce()
    {
        _folder.Write("photos/sub/a.jpg");
        Directory.CreateSymbolicLink(_folder.File("photos/sub/up"), _folder.File("photos"));
        Directory.CreateSymbolicLink(_folder.File("photos/again"), _folder.File("photos/sub"));

        Relative("photos").ShouldBe([Path.Combine("sub", "a.jpg")]);
    }

    [Fact]
    public void Walk_LinkToAFolderElsewhere_IsFollowed()
    {
        _folder.Write("elsewhere/a.jpg");
        Directory.CreateDirectory(_folder.File("photos"));
        Directory.CreateSymbolicLink(_folder.File("photos/album"), _folder.File("elsewhere"));

        Relative("photos").ShouldBe([Path.Combine("album", "a.jpg")]);
    }

    [Fact]
    public void Walk_FolderNamedLikeAPicture_IsWalked()
    {
        _folder.Write("photos/x.jpg/a.jpg");

        Relative("photos").ShouldBe([Path.Combine("x.jpg", "a.jpg")]);
    }

    [Fact]
    public void Walk_LinkToNothing_IsAFile()
    {
        Directory.CreateDirectory(_folder.File("photos"));
        File.CreateSymbolicLink(_folder.File("photos/gone.jpg"), _folder.File("nowhere.jpg"));

        Relative("photos").ShouldBe(["gone.jpg"]);
    }

    [Fact]
    public void Walk_LinkThatLeadsToItself_IsAFile()
    {
        Directory.CreateDirectory(_folder.File("photos"));
        File.CreateSymbolicLink(_folder.File("photos/me.jpg"), _folder.File("photos/me.jpg"));

        Relative("photos").ShouldBe(["me.jpg"]);
    }

    [Fact]
    public void Walk_NameThatIsNoText_IsAFile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has such names.");
        _folder.Write("photos/a.jpg");
        RunInShell("printf x > \"$0/$(printf 'bad\\377.jpg')\"");

        var found = Relative("photos").ToList();

        // .NET cannot delete it.
        RunInShell("rm -- \"$0\"/bad*");
        found.ShouldBe(["a.jpg", "bad\uFFFD.jpg"]);
    }

    [Fact]
    public void Walk_OutputFolderInside_IsLeftOut()
    {
        _folder.Write("photos/a.jpg");
        _folder.Write("photos/thumbs/a.jpg");

        Walk(_folder.File("photos"), skipped: _folder.File("photos/thumbs")).Files.ShouldHaveSingleItem().RelativePath.ShouldBe("a.jpg");
    }

    [Fact]
    public void Walk_SameInputTwice_IsWalkedOnce()
    {
        _folder.Write("photos/a.jpg");

        SourceWalk.Walk([_folder.File("photos"), _folder.File("photos/"), _folder.File("photos/../photos")], _folder.File("out")).Files.ShouldHaveSingleItem();
    }

    [Fact]
    public void Walk_MissingInput_IsBadUsage() =>
        Should.Throw<UsageException>(() => Walk(_folder.File("none"))).Message.ShouldContain("'" + _folder.File("none") + "'");

    private void RunInShell(string script)
    {
        using var shell = Process.Start("sh", ["-c", script, _folder.File("photos")]);
        shell.WaitForExit();
        shell.ExitCode.ShouldBe(0);
    }

    private SourceList Walk(string input, string? skipped = null) => SourceWalk.Walk([input], skipped ?? _folder.File("out"));

    private IEnumerable<string> Relative(string input) => Walk(_folder.File(input)).Files.Select(file => file.RelativePath);

    public void Dispose() => _folder.Dispose();
}
