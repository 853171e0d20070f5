using Armature;
using Armature.Caching;
using Armature.Testing;
using Microsoft.Extensions.Caching.Hybrid;

namespace Examples.Caching;

/// <summary>The examples of docs/cache.md.</summary>
[Collection(HostedExamples.Name)]
public sealed class CacheExample(ExampleHost host)
{
    [Fact]
    public async Task FindAsync_SomeAreCached_LoadsTheOthersAndKeepsThem()
    {
        var database = new UserTable();
        var users = new Users(host.Client, database);
        await users.FindAsync(["ada"], CancellationToken.None);

        IReadOnlyList<User?> found = await users.FindAsync(["grace", "nobody", "ada"], CancellationToken.None);

        found.ShouldBe([new User("grace", 1), null, new User("ada", 1)]);
        database.Asked.ShouldBe(["ada", "grace", "nobody"]);
        await users.FindAsync(["nobody"], CancellationToken.None);
        database.Asked.Count.ShouldBe(3); // That there is no such user was cached too.
    }

    [Fact]
    public async Task ManyCalls_OneEntry_SayWhatBecomesOfIt()
    {
        CacheClient<string> cache = host.Client.Cache<string>("greetings");

        CacheSetResult written = await cache.SetManyAsync(
            [new CacheItem<string>("en", "hello"), new("de", "hallo", TimeSpan.FromMinutes(5)), new("", "no key")],
            new() { Ttl = CacheExpiry.Sliding(TimeSpan.FromHours(1)) });
        IReadOnlyList<CacheTtl> ttls = await cache.TtlManyAsync(["en", "de", "fr"]);
        IReadOnlyList<CacheKeyStatus> renewed = await cache.ExpireManyAsync(["de", "fr"], CacheExpiry.Never);
        IReadOnlyList<CacheKeyStatus> deleted = await cache.DeleteManyAsync(["en", "fr"]);
        IReadOnlyList<CacheKeyStatus> existing = await cache.ExistsManyAsync(["en", "de"]);

        written.Failed.ShouldBe(1);
        written[2]!.Code.ShouldBe(CacheErrorCodes.KeyNotAllowed);
        ttls.Select(ttl => ttl.IsFound).ShouldBe([true, true, false]);
        renewed.Select(status => status.IsFound).ShouldBe([true, false]);
        deleted.Select(status => status.IsFound).ShouldBe([true, false]);
        existing.Select(status => status.IsFound).ShouldBe([false, true]);
        (await cache.TtlAsync("de")).TimeToLive.ShouldBeNull();
    }

    [Fact]
    public async Task GetOrCreateManyAsync_SomeAreMissing_MakesThoseUntilTheyAreInvalidated()
    {
        CacheClient<User?> cache = host.Client.Cache<User?>("members");
        var database = new UserTable();

        IReadOnlyList<CacheEntry<User?>> users = await cache.GetOrCreateManyAsync(
            ["ada", "nobody", "ada"], (missing, cancellationToken) => database.LoadAsync(missing, cancellationToken), new() { Tags = ["staff"] });
        User? ada = await cache.GetOrCreateAsync("ada", _ => Task.FromResult<User?>(null));
        CacheMatches staff = await cache.KeysByTagAsync("staff");
        CacheMatches meant = await cache.FindByPatternAsync("no*");
        await cache.DeleteByPatternAsync("no*");
        CacheMatches left = await cache.FindByPatternAsync("*");
        await cache.InvalidateTagsAsync(["staff"]);
        await cache.ClearAsync();

        users.Select(user => user.Value).ShouldBe([new User("ada", 1), null, new User("ada", 1)]);
        database.Asked.ShouldBe(["ada", "nobody"]);
        ada.ShouldBe(new User("ada", 1));
        (staff.Count, meant.Count, left.Count).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task GetOrCreateManyAsync_TheSourceFails_GivesWhatHasExpired()
    {
        CacheClient<string> cache = host.Client.Cache<string>("rates");
        CacheLoadOptions options = new()
        {
            Ttl = TimeSpan.FromMilliseconds(1),
            StaleFor = TimeSpan.FromHours(1),
            RetryAfter = TimeSpan.Zero,
        };
        await cache.GetOrCreateAsync("eur", _ => Task.FromResult("1.08"), options);
        await Eventually.BecomesTrueAsync(async () => !await cache.ExistsAsync("eur"), "the rate has expired");

        IReadOnlyList<CacheEntry<string>> rates = await cache.GetOrCreateManyAsync(
            ["eur", "usd"], (CacheFactory<string>)((_, _) => throw new InvalidOperationException("no connection")), options);

        (rates[0].Value, rates[0].IsStale).ShouldBe(("1.08", true));
        rates[1].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
    }

    [Fact]
    public async Task GetOrCreateAsync_WithEveryOption_MakesTheValueAndSpreadsItsExpiry()
    {
        CacheClient<string> cache = host.Client.Cache<string>("news");
        CacheLoadOptions options = new()
        {
            Ttl = TimeSpan.FromMinutes(5),
            Jitter = TimeSpan.FromSeconds(30), // The values of one call do not expire together.
            RefreshAhead = 0.8, // After four minutes somebody makes the value anew, and all read on.
            StaleFor = TimeSpan.FromHours(1),
            SoftTimeout = TimeSpan.FromMilliseconds(200), // After five, nobody waits longer for a new one than this.
        };

        string news = await cache.GetOrCreateAsync("today", _ => Task.FromResult("nothing"), options);

        news.ShouldBe("nothing");
        (await cache.TtlAsync("today")).TimeToLive!.Value.ShouldBeInRange(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5.5));
    }

    [Fact]
    public async Task Cache_OtherFormats_AreChosenByTheCaller()
    {
        CacheClient<ReadOnlyMemory<byte>> bytes = host.Client.Cache("pictures");
        CacheClient<DateOnly> days = host.Client.Cache<DateOnly>("days", CacheFormat.Orleans);

        await bytes.SetAsync("dot", new byte[] { 1, 2, 3 });
        await days.SetAsync("first", new DateOnly(2026, 11, 24));

        (await bytes.GetAsync("dot")).Value.ToArray().ShouldBe([1, 2, 3]);
        (await days.GetAsync("first")).Value.ShouldBe(new DateOnly(2026, 11, 24));
    }

    [Fact]
    public async Task HybridCache_OverTheCluster_LoadsOnce()
    {
        var hybrid = host.Services.GetRequiredService<HybridCache>(); // AddArmatureDistributedCache("hybrid") and AddHybridCache()
        var loads = 0;

        var first = await hybrid.GetOrCreateAsync("user:ada", _ => ValueTask.FromResult(new User("ada", ++loads)));
        var second = await hybrid.GetOrCreateAsync("user:ada", _ => ValueTask.FromResult(new User("ada", ++loads)));

        (first, second, loads).ShouldBe((new User("ada", 1), new User("ada", 1), 1));
    }

    private sealed class Users(ArmatureClient client, UserTable database)
    {
        private readonly CacheClient<User?> _cache = client.Cache<User?>("users");

        public async Task<IReadOnlyList<User?>> FindAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
        {
            IReadOnlyList<CacheEntry<User?>> found = await _cache.GetManyAsync(names, cancellationToken);
            string[] missing = [.. names.Where((_, i) => !found[i].HasValue)];
            if (missing.Length == 0)
            {
                return [.. found.Select(entry => entry.Value)];
            }

            IReadOnlyDictionary<string, User?> loaded = await database.LoadAsync(missing, cancellationToken);
            await _cache.SetManyAsync(loaded, new() { Ttl = TimeSpan.FromMinutes(5) }, cancellationToken);
            return [.. names.Select((name, i) => found[i].HasValue ? found[i].Value : loaded[name])];
        }
    }

    private sealed record User(string Name, int Version);

    private sealed class UserTable
    {
        public List<string> Asked { get; } = [];

        public Task<IReadOnlyDictionary<string, User?>> LoadAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Asked.AddRange(names);
            return Task.FromResult<IReadOnlyDictionary<string, User?>>(names.ToDictionary(name => name, name => name == "nobody" ? null : new User(name, 1)));
        }
    }
}
