using Armature.Hosting;
using Armature.Storage;

namespace Armature.TestChild;

/// <summary>A process that writes records until it is killed, and tells of each that was acknowledged.</summary>
internal static class RecordWriter
{
    internal static async Task<int> RunAsync(string folder)
    {
        await using var store = SqliteRecordStore.Open(folder);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(partition => OwnAsync(store, $"p{partition}")));
        return 0;
    }

    private static async Task OwnAsync(SqliteRecordStore store, string partition)
    {
        var epoch = await store.OpenAsync(partition, CancellationToken.None);
        var group = new GroupCommit(store, partition, epoch, new StorageOptions(), TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => WriteAsync(group, $"{epoch}/{writer}")));
    }

    private static async Task WriteAsync(GroupCommit group, string prefix)
    {
        for (var i = 0; ; i++)
        {
            var key = $"{prefix}/{i}";
            await group.AddAsync([RecordChange.Put(key + "/a", new byte[200]), RecordChange.Put(key + "/b", new byte[5_000])], CancellationToken.None);

            // The full stop tells a whole line from the beginning of one.
            Console.WriteLine($"{group.Partition} {key}.");
        }
    }
}
