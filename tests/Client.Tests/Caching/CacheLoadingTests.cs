using System.Collections.Concurrent;
using Armature.Testing;
using Orleans.Hosting;

namespace Armature.Caching;

/// <summary>Values that are made when they are not there, and entries that are ended together, in a real cluster.</summary>
public sealed class CacheLoadingTests : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    private ArmatureCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private CacheClient<string> Cache => field ??= _cluster.Client.Cache<string>("texts");

    public async ValueTask InitializeAsync() =>
        _cluster = await ArmatureCluster.StartAsync(
            silos: 3,
            options: options => options.Caching.LoadLease = TimeSpan.FromMinutes(10), // Nothing here is to wait for its end.
            silo: silo => silo.AddMembership().AddCaching());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task GetOrCreateManyAsync_AThousandCallersOfOverlappingKeys_MakeEachValueOnce()
    {
        var made = new ConcurrentDictionary<string, int>();
        var clients = new[] { _cluster.Client, _cluster.HostedClient }.Select(client => client.Cache<string>("texts")).ToArray();

        var all = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async caller =>
        {
            string[] keys = [.. Enumerable.Range(caller % 50, 100).Select(i => $"key-{i}")];
            var entries = await clients[caller % 2].GetOrCreateManyAsync(
                keys,
                async (missing, token) =>
                {
                    await Task.Yield();
                    foreach (var key in missing)
                    {
                        made.AddOrUpdate(key, 1, (_, count) => count + 1);
                    }

                    return await MakeAsync(missing);
                },
                cancellationToken: Cancel);
            return entries.Select(entry => entry.Value).SequenceEqual(keys.Select(key => $"value of {key}"));
        }));

        all.ShouldAllBe(isRight => isRight);
        made.Count.ShouldBe(149);
        made.Values.ShouldAllBe(count => count == 1);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_SomeThereAndSomeTwice_AsksTheFactoryForTheOthersOnce()
    {
        await Cache.SetAsync("there", "old", cancellationToken: Cancel);
        IReadOnlyList<string> asked = [];

        var entries = await Cache.GetOrCreateManyAsync(
            ["new", "there", "new", "also new"],
            (missing, _) =>
            {
                asked = missing;
                return MakeAsync(missing);
            },
            cancellationToken: Cancel);

        entries.Select(entry => entry.Value).ShouldBe(["value of new", "old", "value of new", "value of also new"]);
        asked.ShouldBe(["new", "also new"]);
        (await Cache.GetAsync("new", Cancel)).Value.ShouldBe("value of new");
    }

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryGivesAnErrorOrNothingForAKey_FailsThatKeyAlone()
    {
        var entries = await Cache.GetOrCreateManyAsync(
            ["good", "bad", "left out", "not\nallowed"],
            (_, _) => Task.FromResult<IReadOnlyDictionary<string, CacheEntry<string>>>(new Dictionary<string, CacheEntry<string>>
            {
                ["good"] = new("fine"),
                ["bad"] = new(new ItemError("broken", "It is broken.")),
            }),
            cancellationToken: Cancel);

        entries[0].Value.ShouldBe("fine");
        entries.Skip(1).Select(entry => entry.Error!.Code).ShouldBe(["broken", CacheErrorCodes.ValueNotMade, CacheErrorCodes.KeyNotAllowed]);
        (await Cache.GetManyAsync(["good", "bad", "left out"], Cancel)).Select(entry => entry.HasValue).ShouldBe([true, false, false]);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryThatDoesNotHeedItsToken_LeavesItsKeysToOthersWhenTheCallerCancels()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource<IReadOnlyDictionary<string, string>>();
        using var cancelled = new CancellationTokenSource();
        var first = Cache.GetOrCreateManyAsync(
            ["a"],
            (_, _) =>
            {
                entered.SetResult();
                return never.Task;
            },
            cancellationToken: cancelled.Token);
        await entered.Task;
        var second = Cache.GetOrCreateAsync("a", _ => Task.FromResult("made"), cancellationToken: Cancel);

        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => first.WaitAsync(Bound, TimeProvider.System, Cancel));
        (await second.WaitAsync(Bound, TimeProvider.System, Cancel)).ShouldBe("made");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetOrCreateManyAsync_FactoryGivesNull_SaysSo(bool isTask)
    {
        var entries = await Cache.GetOrCreateManyAsync(
            ["a"],
            (_, _) => isTask ? Task.FromResult<IReadOnlyDictionary<string, string>>(null!) : null!,
            cancellationToken: Cancel);

        entries[0].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
        entries[0].Error!.Message.ShouldContain("The factory gave null in place of its values.");
    }

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryThatOnlyThrows_IsTakenAsOneOfValues()
    {
        var made = await Cache.GetOrCreateManyAsync(["a"], (_, _) => throw new InvalidOperationException("no connection"), cancellationToken: Cancel);

        made[0].Error!.Message.ShouldContain("no connection");
    }

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryThrows_FailsItsKeysForAllWhoWaitAndTheNextCallMakesThem()
    {
        var gate = new Gate();
        var failing = Cache.GetOrCreateManyAsync(
            ["a"],
            async (missing, token) =>
            {
                await gate.PassAsync(token);
                return missing.Count == 1 ? throw new InvalidOperationException("no connection") : await MakeAsync(missing);
            },
            cancellationToken: Cancel);
        await gate.WaitForEnteredAsync(1);
        gate.Open();

        var error = (await failing)[0].Error!;
        error.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
        error.Message.ShouldContain("no connection");
        (await Cache.GetOrCreateAsync("a", _ => Task.FromResult("made"), cancellationToken: Cancel)).ShouldBe("made");
    }

    [Fact]
    public async Task GetOrCreateAsync_CallerThatMakesItGoesAway_IsMadeByTheOneThatWaits()
    {
        var gate = new Gate();
        using var gone = new CancellationTokenSource();
        var first = Cache.GetOrCreateAsync(
            "a",
            async token =>
            {
                await gate.PassAsync(token);
                return "never";
            },
            cancellationToken: gone.Token);
        await gate.WaitForEnteredAsync(1);
        var second = Cache.GetOrCreateAsync("a", _ => Task.FromResult("made"), cancellationToken: Cancel);

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(first);
        (await second.WaitAsync(TimeSpan.FromSeconds(60), Cancel)).ShouldBe("made");
    }

    [Fact]
    public async Task GetOrCreateAsync_KeyIsDeletedWhileItIsMade_IsNotThereAfterwards()
    {
        var gate = new Gate();
        var making = Cache.GetOrCreateAsync(
            "a",
            async token =>
            {
                await gate.PassAsync(token);
                return "old";
            },
            cancellationToken: Cancel);
        await gate.WaitForEnteredAsync(1);

        await Cache.DeleteAsync("a", Cancel);
        gate.Open();

        (await making).ShouldBe("old");
        (await Cache.ExistsAsync("a", Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryFailsAfterValuesExpired_GivesThoseOfAllSilosInsideAndOutside()
    {
        string[] keys = [.. Enumerable.Range(0, 300).Select(i => $"key-{i}")];
        CacheLoadOptions options = new() { Ttl = TimeSpan.FromMilliseconds(1), StaleFor = TimeSpan.FromHours(1), RetryAfter = TimeSpan.FromHours(1) };
        await Cache.GetOrCreateManyAsync(keys, (missing, _) => MakeAsync(missing), options, Cancel);
        await Eventually.BecomesTrueAsync(async () => (await Cache.ExistsManyAsync(keys, Cancel)).All(status => !status.IsFound), "all have expired");
        var calls = 0;
        Task<IReadOnlyDictionary<string, string>> FailAsync(IReadOnlyList<string> missing, CancellationToken token)
        {
            Interlocked.Increment(ref calls);
            throw new InvalidOperationException("no connection");
        }

        var outside = await Cache.GetOrCreateManyAsync([.. keys, "missing"], FailAsync, options, Cancel);
        var inside = await _cluster.HostedClient.Cache<string>("texts").GetOrCreateManyAsync(keys, FailAsync, options, Cancel);

        outside.SkipLast(1).Concat(inside).ShouldAllBe(entry => entry.IsStale);
        inside.Select(entry => entry.Value).ShouldBe(keys.Select(key => $"value of {key}"));
        outside[^1].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryMakesMoreThanAnyCacheTakes_FailsAtOnceForThoseWhoWaitToo()
    {
        var gate = new Gate();
        var loading = Cache.GetOrCreateManyAsync(
            ["a"],
            async (missing, token) =>
            {
                await gate.PassAsync(token);
                return missing.ToDictionary(key => key, _ => new string('x', CacheLimits.MaxValueBytes));
            },
            cancellationToken: Cancel);
        await gate.WaitForEnteredAsync(1);
        var waiting = Cache.GetOrCreateManyAsync(["a"], (missing, _) => MakeAsync(missing), cancellationToken: Cancel);

        gate.Open();

        (await loading)[0].Error!.Code.ShouldBe(CacheErrorCodes.ValueTooLarge);
        var entry = (await waiting.WaitAsync(TimeSpan.FromSeconds(60), Cancel))[0];
        (entry.Error?.Code ?? entry.Value).ShouldBeOneOf(CacheErrorCodes.ValueTooLarge, "value of a");
    }

    [Fact]
    public async Task GetOrCreateManyAsync_ValuesAreDue_AreMadeAnewOnceByAllCallersTogether()
    {
        string[] keys = [.. Enumerable.Range(0, 100).Select(i => $"key-{i}")];
        CacheLoadOptions options = new() { Ttl = TimeSpan.FromHours(1), RefreshAhead = 0.05 };
        await Cache.GetOrCreateManyAsync(keys, (missing, _) => MakeAsync(missing), options, Cancel);
        await Cache.ExpireManyAsync(keys, TimeSpan.FromMinutes(30), Cancel); // As if half of it were over.
        var gate = new Gate();
        var made = new ConcurrentDictionary<string, int>();
        var clients = new[] { _cluster.Client, _cluster.HostedClient }.Select(client => client.Cache<string>("texts")).ToArray();

        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(caller => clients[caller % 2].GetOrCreateManyAsync(
            keys,
            async (missing, token) =>
            {
                foreach (var key in missing)
                {
                    made.AddOrUpdate(key, 1, (_, count) => count + 1);
                }

                await gate.PassAsync(token);
                return missing.ToDictionary(key => key, key => "new");
            },
            options,
            Cancel)));
        gate.Open();

        all.ShouldAllBe(entries => entries.Select(entry => entry.Value).SequenceEqual(keys.Select(key => $"value of {key}")));
        await Eventually.BecomesTrueAsync(async () => (await Cache.GetManyAsync(keys, Cancel)).All(entry => entry.Value == "new"), "all are made anew");
        made.Count.ShouldBe(100);
        made.Values.ShouldAllBe(count => count == 1);
    }

    [Fact]
    public async Task DeleteByPatternAsync_AndItsPreview_MeanTheSameKeys()
    {
        await SetAsync([.. Enumerable.Range(0, 500).Select(i => $"session:{i}"), "user:1"]);

        var found = await Cache.FindByPatternAsync("session:*", maxKeys: 10, Cancel);
        await Cache.DeleteByPatternAsync("session:*", Cancel);

        found.Count.ShouldBe(500);
        found.Keys.Count.ShouldBe(10);
        found.Keys.ShouldAllBe(key => key.StartsWith("session:"));
        (await Cache.FindByPatternAsync("*", cancellationToken: Cancel)).Keys.ShouldBe(["user:1"]);
        (await Cache.GetAsync("session:7", Cancel)).HasValue.ShouldBeFalse();
        await Should.ThrowAsync<ArgumentException>(() => Cache.DeleteByPatternAsync("[", Cancel));
    }

    [Fact]
    public async Task InvalidateTagsAsync_EntriesWrittenAndMade_EndsThoseWithOneOfTheTags()
    {
        await SetAsync(["a"], "eu");
        await SetAsync(["b"], "us", "new");
        await SetAsync(["c"]);
        await Cache.GetOrCreateAsync("d", _ => Task.FromResult("made"), new() { Tags = ["eu"] }, Cancel);
        (await Cache.KeysByTagAsync("eu", cancellationToken: Cancel)).Keys.Order().ShouldBe(["a", "d"]);

        await _cluster.HostedClient.Cache<string>("texts").InvalidateTagsAsync(["eu", "new"], Cancel);

        (await Cache.ExistsManyAsync(["a", "b", "c", "d"], Cancel)).Select(status => status.IsFound).ShouldBe([false, false, true, false]);
        await Should.ThrowAsync<ArgumentException>(async () => await SetAsync(["e"], [.. Enumerable.Range(0, 17).Select(i => $"{i}")]));
    }

    [Fact]
    public async Task ClearAsync_OneCache_LeavesTheOthers()
    {
        await SetAsync(["a", "b"]);
        await _cluster.Client.Cache<int>("numbers").SetAsync("a", 1, cancellationToken: Cancel);

        await Cache.ClearAsync(Cancel);

        (await Cache.ExistsManyAsync(["a", "b"], Cancel)).ShouldAllBe(status => !status.IsFound);
        (await _cluster.Client.Cache<int>("numbers").GetAsync("a", Cancel)).Value.ShouldBe(1);
    }

    private static Task<IReadOnlyDictionary<string, string>> MakeAsync(IReadOnlyList<string> keys) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(keys.ToDictionary(key => key, key => $"value of {key}"));

    private async Task SetAsync(string[] keys, params string[] tags) =>
        (await Cache.SetManyAsync(Array.ConvertAll(keys, key => KeyValuePair.Create(key, key)), new() { Tags = tags }, Cancel)).Failed.ShouldBe(0);
}
