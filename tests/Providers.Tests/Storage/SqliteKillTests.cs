using System.Diagnostics;
using Armature.Testing;

namespace Armature.Storage;

public sealed class SqliteKillTests
{
    private const int Kills = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CommitAsync_ProcessKilledAmongCommits_HasEverythingAcknowledgedAndNothingTorn()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            acknowledged.AddRange(await WriteUntilKilledAsync(folder.Path, Random.Shared.Next(1, 3_000)));

            var found = await ReadAsync(folder.Path);
            acknowledged.Where(key => !found.Contains(key + "/a") || !found.Contains(key + "/b")).ShouldBeEmpty();
            found.Where(key => !found.Contains(key[..^1] + (key[^1] == 'a' ? 'b' : 'a'))).ShouldBeEmpty();
        }

        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(Kills);
    }

    private static async Task<List<string>> WriteUntilKilledAsync(string folder, int commits)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Armature.Orleans.TestChild"), ["records", folder]) { RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        var lines = new List<string>();
        while (await child.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.EndsWith('.'))
            {
                lines.Add(line[..^1]);
            }

            if (lines.Count == commits)
            {
                child.Kill();
            }
        }

        await child.WaitForExitAsync(Cancellation);
        child.ExitCode.ShouldBe(137);
        return lines;
    }

    private static async Task<HashSet<string>> ReadAsync(string folder)
    {
        await using var store = SqliteRecordStore.Open(folder);
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var partition in store.ListPartitionsAsync("", Cancellation))
        {
            await foreach (var entry in store.ScanAsync(partition, "", Cancellation))
            {
                found.Add($"{partition} {entry.Key}");
            }
        }

        return found;
    }
}
