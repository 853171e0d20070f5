using Armature.Testing;

namespace Armature.Clustering;

public sealed class RunningSiloTests
{
    [Fact]
    public void Clear_SiloHasLeftItsFile_FindsItNoMore()
    {
        using var folder = new TemporaryFolder();
        new RunningSilo(Environment.ProcessId, 11111, 30000).Write(folder.Path);
        RunningSilo.Find(folder.Path).ShouldNotBeNull();

        RunningSilo.Clear(folder.Path);

        RunningSilo.Find(folder.Path).ShouldBeNull();
    }

    [Fact]
    public void Clear_FolderIsGone_LetsTheSiloStopInOrder()
    {
        using var folder = new TemporaryFolder();

        Should.NotThrow(() => RunningSilo.Clear(Path.Combine(folder.Path, "gone")));
    }
}
