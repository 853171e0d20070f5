using Armature.Testing;

namespace Armature.FileSystem;

public sealed class RealPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Of_LinksOnTheWay_AreFollowed()
    {
        Directory.CreateDirectory(_folder.File("real/sub"));
        Directory.CreateSymbolicLink(_folder.File("first"), _folder.File("real"));
        Directory.CreateSymbolicLink(_folder.File("second"), "first");

        RealPath.Of(_folder.File("second/sub/a.jpg")).ShouldBe(Path.Combine(RealPath.Of(_folder.Path), "real", "sub", "a.jpg"));
    }

    [Fact]
    public void Of_WhatDoesNotExist_IsTakenAsWritten() =>
        RealPath.Of(_folder.File("none/./of/../these")).ShouldBe(Path.Combine(RealPath.Of(_folder.Path), "none", "these"));

    [Fact]
    public void Of_LinksInACircle_Throws()
    {
        Directory.CreateSymbolicLink(_folder.File("a"), _folder.File("b"));
        Directory.CreateSymbolicLink(_folder.File("b"), _folder.File("a"));

        Should.Throw<IOException>(() => RealPath.Of(_folder.File("a")));
    }

    public void Dispose() => _folder.Dispose();
}
