using Armature.Testing;

namespace Armature.Caching;

/// <summary>Values that are made anew while they are read on, and times to live that differ.</summary>
public sealed class RefreshAheadTests : IDisposable
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(80);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly NodeRig _rig = new();
    private readonly CacheClients _clients;
    private readonly CacheClient<string> _cache;
    private readonly TestFactory _factory = new() { Value = "old" };

    public RefreshAheadTests()
    {
        _clients = RigRoute.ClientsOf(_rig);
        _cache = _clients.Create<string>(CacheRequests.Cache, CacheFormat.Json);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetOrCreateManyAsync_ValueIsDue_GivesItAndMakesANewOneOnce()
    {
        await MakeAsync("a", "b");
        _rig.Time.Advance(Due - TimeSpan.FromMilliseconds(1));
        (await GetAsync("a", "b")).ShouldAllBe(entry => entry.Value == "old");
        _factory.CallsFor("a").ShouldBe(1);

        _rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await GetAsync("a", "b")).ShouldAllBe(entry => entry.Value == "old" && !entry.IsStale);
        (await GetAsync("a", "b")).ShouldAllBe(entry => entry.Value == "old");

        _factory.CallsFor("a").ShouldBe(2);
        _factory.Gate!.Open();
        await BecomesAsync("new");
        (await GetAsync("a", "b")).ShouldAllBe(entry => entry.Value == "new");
        _factory.CallsFor("b").ShouldBe(2);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_ValueIsDueAndOthersAreMissing_WaitsOnlyForThose()
    {
        await MakeAsync("a");
        _rig.Time.Advance(Due);

        var entries = await _cache.GetOrCreateManyAsync(
            ["a", "missing"],
            (missing, token) => missing.Contains("a") ? _factory.MakeAsync(missing, token) : new TestFactory().MakeAsync(missing, token),
            Options(),
            Cancel);

        entries.Select(entry => entry.Value).ShouldBe(["old", "new"]);
        _factory.CallsFor("a").ShouldBe(2);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_CallerWithoutTheOption_MakesNothingAnew()
    {
        await MakeAsync("a");
        _rig.Time.Advance(Due);

        (await _cache.GetOrCreateManyAsync(["a"], _factory.MakeAsync, new() { Ttl = Ttl }, Cancel))[0].Value.ShouldBe("old");

        _factory.CallsFor("a").ShouldBe(1);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_MakingAnewFails_TheValueStaysAndIsTriedAgainLater()
    {
        await MakeAsync("a");
        _factory.Gate = null;
        _factory.Value = null;
        _rig.Time.Advance(Due);
        await GetAsync("a");
        await Eventually.BecomesTrueAsync(() => _rig.Loads.IsEmpty, "the load has failed");

        (await GetAsync("a"))[0].Value.ShouldBe("old");
        _factory.CallsFor("a").ShouldBe(2);

        _factory.Value = "new";
        _rig.Time.Advance(RetryAfter);
        (await GetAsync("a"))[0].Value.ShouldBe("old");
        await BecomesAsync("new");
        _factory.CallsFor("a").ShouldBe(3);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_ExpiresWhileItIsMadeAnew_WaitsForThat()
    {
        await MakeAsync("a");
        _rig.Time.Advance(Due);
        await GetAsync("a");
        _rig.Time.Advance(Ttl - Due);
        var waiting = GetAsync("a");
        waiting.IsCompleted.ShouldBeFalse();

        _factory.Gate!.Open();

        (await waiting)[0].Value.ShouldBe("new");
        _factory.CallsFor("a").ShouldBe(2);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_WrittenWhileItIsMadeAnew_KeepsWhatWasWritten()
    {
        await MakeAsync("a");
        _rig.Time.Advance(Due);
        await GetAsync("a");
        await _cache.SetAsync("a", "written", cancellationToken: Cancel);
        var mark = _rig.Loads.Mark;

        _factory.Gate!.Open();
        await _cache.GetOrCreateAsync("other", _ => Task.FromResult("made"), cancellationToken: Cancel);

        mark.ShouldNotBe(LoadLeases.Busy);
        (await _cache.GetAsync("a", Cancel)).Value.ShouldBe("written");
    }

    [Fact]
    public async Task GetOrCreateManyAsync_SlidingExpiryOrNone_IsRefusedAndSaysWhatToGive()
    {
        foreach (var ttl in new CacheExpiry?[] { null, CacheExpiry.Never, CacheExpiry.Sliding(Ttl) })
        {
            var options = new CacheLoadOptions { Ttl = ttl, RefreshAhead = 0.05 };

            var refused = await Should.ThrowAsync<ArgumentException>(async () => await _cache.GetOrCreateManyAsync(["a"], _factory.MakeAsync, options, Cancel));

            refused.Message.ShouldContain($"Give CacheLoadOptions.Ttl, Armature:Caching:DefaultTtl or Armature:Caching:Caches:{CacheRequests.Cache}:DefaultTtl.");
            _factory.CallsFor("a").ShouldBe(0);
        }
    }

    [Fact]
    public async Task GetOrCreateManyAsync_WithJitter_TimesToLiveDiffer()
    {
        string[] keys = [.. CacheRequests.Keys(200)];
        var jitter = TimeSpan.FromSeconds(50);
        await _cache.GetOrCreateManyAsync(keys, _factory.MakeAsync, new() { Ttl = Ttl, Jitter = jitter }, Cancel);

        var ttls = (await _cache.TtlManyAsync(keys, Cancel)).Select(ttl => ttl.TimeToLive!.Value).ToList();

        ttls.ShouldAllBe(ttl => ttl >= Ttl && ttl <= Ttl + jitter);
        ttls.Distinct().Count().ShouldBeGreaterThan(150);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_AllOptionsTogether_DoWhatEachSays()
    {
        var options = Options();
        (options.StaleFor, options.SoftTimeout, options.Jitter) = (TimeSpan.FromHours(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _factory.Gate = null;
        Task<IReadOnlyList<CacheEntry<string>>> GetOneAsync() => _cache.GetOrCreateManyAsync(["a"], _factory.MakeAsync, options, Cancel);
        await GetOneAsync();

        // Making it anew fails; so it expires, and is given until the pause is over.
        _factory.Value = null;
        _rig.Time.Advance(Due + options.Jitter);
        (await GetOneAsync())[0].IsStale.ShouldBeFalse();
        await Eventually.BecomesTrueAsync(() => _rig.Loads.IsEmpty, "the load has failed");
        _factory.CallsFor("a").ShouldBe(2);
        _rig.Time.Advance(Ttl - Due);
        (await GetOneAsync())[0].IsStale.ShouldBeTrue();
        _factory.CallsFor("a").ShouldBe(3);
        (await GetOneAsync())[0].IsStale.ShouldBeTrue();
        _factory.CallsFor("a").ShouldBe(3);

        // Then making it takes long.
        _factory.Gate = new();
        _factory.Value = "new";
        _rig.Time.Advance(RetryAfter);
        var loading = GetOneAsync();
        _rig.Time.Advance(options.SoftTimeout!.Value);
        (await loading)[0].IsStale.ShouldBeTrue();
        _factory.Gate.Open();
        await BecomesAsync("new");
        _factory.CallsFor("a").ShouldBe(4);
    }

    public void Dispose()
    {
        _clients.Dispose();
        _rig.Dispose();
    }

    private static CacheLoadOptions Options() => new() { Ttl = Ttl, RefreshAhead = 0.8, RetryAfter = RetryAfter };

    private Task<IReadOnlyList<CacheEntry<string>>> GetAsync(params string[] keys) => _cache.GetOrCreateManyAsync(keys, _factory.MakeAsync, Options(), Cancel);

    /// <summary>Makes values, and lets the factory wait from now on.</summary>
    private async Task MakeAsync(params string[] keys)
    {
        await GetAsync(keys);
        _factory.Value = "new";
        _factory.Gate = new();
    }

    private Task BecomesAsync(string value) =>
        Eventually.BecomesTrueAsync(async () => (await _cache.GetAsync("a", Cancel)).GetValueOrDefault() == value, $"the value is {value}");
}
