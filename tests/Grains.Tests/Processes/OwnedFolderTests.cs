using Armature.Testing;

namespace Armature.Processes;

public sealed class OwnedFolderTests
{
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(2);

    [Fact]
    public void Create_Twice_EachIsOnesOwn()
    {
        using var first = OwnedFolder.Create("own", TimeProvider.System);
        using var second = OwnedFolder.Create("own", TimeProvider.System);

        second.Path.ShouldNotBe(first.Path);
    }

    [Fact]
    public void Dispose_WithFilesInside_TheFolderIsGone()
    {
        var folder = OwnedFolder.Create("own", TimeProvider.System);
        Directory.CreateDirectory(Path.Combine(folder.Path, "below"));
        File.WriteAllText(Path.Combine(folder.Path, "below", "file"), "content");

        folder.Dispose();

        Directory.Exists(folder.Path).ShouldBeFalse();
    }

    [Fact]
    public void Create_LeftOverWhoseOwnerIsGone_IsRemoved()
    {
        var leftOver = LeaveFolder(Old);

        using var next = OwnedFolder.Create("own", TimeProvider.System);

        Directory.Exists(leftOver).ShouldBeFalse();
    }

    [Fact]
    public void Create_LeftOverThatIsYoung_IsKept()
    {
        var leftOver = LeaveFolder(TimeSpan.Zero);

        using var next = OwnedFolder.Create("own", TimeProvider.System);

        Directory.Exists(leftOver).ShouldBeTrue();
        Directory.Delete(leftOver, recursive: true);
    }

    [Fact]
    public void Create_OldFolderInUse_IsKept()
    {
        using var used = OwnedFolder.Create("own", TimeProvider.System);
        Age(used.Path, Old);

        using var next = OwnedFolder.Create("own", TimeProvider.System);

        Directory.Exists(used.Path).ShouldBeTrue();
    }

    [Fact]
    public void Create_FolderOfSomebodyElse_IsKept()
    {
        using var other = new TemporaryFolder();

        using var next = OwnedFolder.Create("own", TimeProvider.System);

        Directory.Exists(other.Path).ShouldBeTrue();
    }

    // What a killed process leaves: the folder and the lock's file, which nobody holds.
    private static string LeaveFolder(TimeSpan age)
    {
        var path = Directory.CreateTempSubdirectory("armature-own-").FullName;
        File.WriteAllText(Path.Combine(path, ".owner"), "");
        File.WriteAllText(Path.Combine(path, "big"), "content");
        Age(path, age);
        return path;
    }

    private static void Age(string path, TimeSpan age) =>
        File.SetLastWriteTimeUtc(Path.Combine(path, ".owner"), TimeProvider.System.GetUtcNow().UtcDateTime - age);
}
