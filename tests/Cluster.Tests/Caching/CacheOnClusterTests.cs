using Armature.Chaos;
using Armature.Clustering;
using Armature.Testing;
using Armature.Testing.Processes;

namespace Armature.Caching;

/// <summary>The cache over real processes that are stopped, killed and frozen. A client outside reads and writes.</summary>
[Collection(ChaosCollection.Name)]
public sealed class CacheOnClusterTests(ChaosCluster cluster, ITestOutputHelper output)
{
    private const int Count = 20_000;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private static readonly string[] Keys = [.. Enumerable.Range(0, Count).Select(i => $"key-{i}")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Terminate_OneSilo_AnotherJoins_EntriesStayThroughBoth()
    {
        using var story = await cluster.BeginAsync(output);
        await WriteAsync("stays", "first");
        var leaver = cluster.Members[1];

        story.Tell($"{cluster.Name(leaver)} is asked to stop");
        leaver.Terminate();
        await leaver.WaitForExitAsync().WaitAsync(Bound);
        story.Tell($"{cluster.Name(leaver)} has exited, {await CountAsync("stays", "first")} of {Count} entries are there");
        await cluster.BecomesWholeAsync();

        var left = await CountAsync("stays", "first");
        story.Tell($"the cluster is whole again, {left} of {Count} entries are there");
        left.ShouldBeGreaterThanOrEqualTo(Count * 95 / 100);
    }

    [Fact]
    public async Task Kill_OneSilo_ItsShareIsColdAndTheRestIsNot()
    {
        using var story = await cluster.BeginAsync(output);
        await Eventually.BecomesTrueAsync(AreSpreadAsync, "no silo has more than its share, also one that has just come");
        await WriteAsync("killed", "first");
        var victim = cluster.Members[1];

        story.Tell($"{cluster.Name(victim)} is killed");
        victim.Kill();

        var left = await CountAsync("killed", "first");
        story.Tell($"{left} of {Count} entries are there");
        left.ShouldBeInRange(Count / 2, Count - (Count / 10));
        await WriteAsync("killed", "second");
        (await CountAsync("killed", "second")).ShouldBe(Count);
    }

    [Fact]
    public async Task Freeze_PastDetection_TheZombieServesNothingStale()
    {
        using var story = await cluster.BeginAsync(output);
        await WriteAsync("frozen", "old");
        var zombie = cluster.Members[1];

        story.Tell($"{cluster.Name(zombie)} is frozen");
        zombie.Freeze();
        foreach (var other in cluster.Members.Where(member => member != zombie))
        {
            await Eventually.BecomesTrueAsync(async () => await other.GetStatusOfAsync(zombie) == "Dead", "the frozen silo is dead for the others");
        }

        await WriteAsync("frozen", "new");
        var waiting = Keys.Take(60).Select(key => AskAsync(zombie, key)).ToArray();
        story.Tell("every entry is written again, and the zombie wakes");
        zombie.Thaw();

        var answers = await Task.WhenAll(waiting);
        story.Tell($"of {answers.Length} that asked it, {answers.Count(answer => answer == "new")} got what is new and {answers.Count(answer => answer is null)} no answer");
        answers.ShouldAllBe(answer => answer == null || answer == "new");
        while (await AskAsync(zombie, Keys[0]) is { } answer)
        {
            answer.ShouldBe("new");
        }

        await zombie.WaitForExitAsync().WaitAsync(Bound);
        (await CountAsync("frozen", "new")).ShouldBe(Count);
    }

    [Fact]
    public async Task Freeze_PastDetection_WritesThatWaitedInTheZombieAreNotDoneOverNewerOnes()
    {
        using var story = await cluster.BeginAsync(output);
        await WriteAsync("late", "first");
        var zombie = cluster.Members[1];

        story.Tell($"{cluster.Name(zombie)} is frozen, and small writes go out, of which some wait in it");
        zombie.Freeze();
        var cache = cluster.Client.Cache<string>("late");
        await Task.WhenAll(Keys.Take(2_000).Chunk(4).Select(async keys =>
            (await cache.SetManyAsync(keys.ToDictionary(key => key, _ => "late"), cancellationToken: Cancel)).Failed.ShouldBe(0)));
        foreach (var other in cluster.Members.Where(member => member != zombie))
        {
            await Eventually.BecomesTrueAsync(async () => await other.GetStatusOfAsync(zombie) == "Dead", "the frozen silo is dead for the others");
        }

        await WriteAsync("late", "new");
        story.Tell("all writes were repeated elsewhere, every entry is written again, and the zombie wakes");
        zombie.Thaw();
        await zombie.WaitForExitAsync().WaitAsync(Bound);

        (await CountAsync("late", "new")).ShouldBe(Count);
    }

    private static async Task<string?> AskAsync(SiloProcess silo, string key)
    {
        try
        {
            return await silo.GetAsync($"/test/cache/frozen/{key}", Cancel);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private async Task<bool> AreSpreadAsync()
    {
        var silos = await cluster.Client.Cluster.ListCacheStatisticsAsync(Cancel);
        return silos.Count == cluster.Members.Count && silos.All(silo => silo.Partitions < CacheLimits.Partitions / 2);
    }

    private async Task WriteAsync(string cache, string value)
    {
        var written = await cluster.Client.Cache<string>(cache).SetManyAsync(Keys.ToDictionary(key => key, _ => value), cancellationToken: Cancel);
        written.Failed.ShouldBe(0);
    }

    private async Task<int> CountAsync(string cache, string value)
    {
        var entries = await cluster.Client.Cache<string>(cache).GetManyAsync(Keys, Cancel);
        entries.Where(entry => entry.HasValue && entry.Value != value).CountBy(entry => entry.Value!).ShouldBeEmpty();
        return entries.Count(entry => entry.HasValue);
    }
}
