using System.Diagnostics;
using Armature.Testing;

namespace Armature.Storage;

/// <summary>Records on a disk that is really full: a small file system in memory, where this process may mount one.</summary>
public sealed class SqliteFullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private bool _isMounted;

    [Fact]
    public async Task CommitAsync_DiskIsFull_ChangesNothingAndGoesOnWhenThereIsRoom()
    {
        Mount();
        await using var store = SqliteRecordStore.Open(Path.Combine(_folder.Path, "records"));
        var epoch = await store.OpenAsync("p", CancellationToken.None);
        await store.CommitAsync("p", epoch, [Put("kept", 10)], CancellationToken.None);
        var filler = Path.Combine(_folder.Path, "filler");
        await FillAsync(filler);

        var thrown = await Should.ThrowAsync<RecordStoreException>(CommitBothAsync);

        thrown.Message.ShouldContain("disk");
        thrown.Message.ShouldContain("space");
        (await KeysAsync()).ShouldBe(["kept"]);
        await Should.ThrowAsync<RecordStoreException>(CommitBothAsync);
        File.Delete(filler);
        await CommitBothAsync();
        (await KeysAsync()).ShouldBe(["a", "b", "kept"]);

        Task CommitBothAsync() => store.CommitAsync("p", epoch, [Put("a", 400_000), Put("b", 400_000)], CancellationToken.None);

        async Task<List<string>> KeysAsync() =>
            await store.ScanAsync("p", "", CancellationToken.None).Select(record => record.Key).Order(StringComparer.Ordinal).ToListAsync();
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", _folder.Path).ShouldBe(0);
        }

        _folder.Dispose();
    }

    private static RecordChange Put(string key, int bytes) => RecordChange.Put(key, new byte[bytes]);

    private void Mount()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || Run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", _folder.Path) != 0)
        {
            Assert.Skip("A small file system can only be mounted by root, on Linux.");
        }

        _isMounted = true;
    }

    private static async Task FillAsync(string path)
    {
        await using var filler = File.Create(path);
        try
        {
            while (true)
            {
                await filler.WriteAsync(new byte[4_096]);
                await filler.FlushAsync();
            }
        }
        catch (IOException)
        {
            // There is no room left.
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
