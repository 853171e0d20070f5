using Armature.Testing;

namespace Armature.Caching;

/// <summary>Values that have expired, given when newer ones take long.</summary>
public sealed class SoftTimeoutTests : IDisposable
{
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SoftTimeout = TimeSpan.FromMilliseconds(500);

    private readonly NodeRig _rig = new();
    private readonly CacheClients _clients;
    private readonly CacheClient<string> _cache;
    private readonly TestFactory _factory = new();

    public SoftTimeoutTests()
    {
        _clients = RigRoute.ClientsOf(_rig);
        _cache = _clients.Create<string>(CacheRequests.Cache, CacheFormat.Json);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryTakesLong_GivesTheStaleValueAndTheFactoryGoesOn()
    {
        await ExpireAsync("a", "b");
        var loading = GetAsync("a", "b");
        _rig.Time.Advance(SoftTimeout - TimeSpan.FromMilliseconds(1));
        loading.IsCompleted.ShouldBeFalse();

        _rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await loading).ShouldAllBe(entry => entry.Value == "old" && entry.IsStale);
        (await _cache.GetAsync("a", Cancel)).HasValue.ShouldBeFalse();

        _factory.Gate!.Open();
        await Eventually.BecomesTrueAsync(async () => (await _cache.GetAsync("a", Cancel)).GetValueOrDefault() == "new", "the factory has made the value");
        _factory.CallsFor("a").ShouldBe(2);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryIsInTime_GivesTheNewValue()
    {
        await ExpireAsync("a");
        var loading = GetAsync("a");
        _rig.Time.Advance(SoftTimeout - TimeSpan.FromMilliseconds(1));

        _factory.Gate!.Open();

        var entry = (await loading)[0];
        (entry.Value, entry.IsStale).ShouldBe(("new", false));
    }

    [Fact]
    public async Task GetOrCreateManyAsync_AnotherCallerMakesTheValue_GivesTheStaleOneAfterItsOwnTime()
    {
        await ExpireAsync("a");
        var loader = _cache.GetOrCreateAsync("a", async token => (await _factory.MakeAsync(["a"], token))["a"], new() { Ttl = Ttl }, Cancel);
        var waiter = GetAsync("a");
        _rig.Time.Advance(SoftTimeout - TimeSpan.FromMilliseconds(1));
        waiter.IsCompleted.ShouldBeFalse();

        _rig.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await waiter)[0].IsStale.ShouldBeTrue();
        loader.IsCompleted.ShouldBeFalse();
        _factory.Gate!.Open();
        (await loader).ShouldBe("new");
        _factory.CallsFor("a").ShouldBe(2);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_AKeyHasNoStaleValue_WaitsForThatOne()
    {
        await ExpireAsync("a");
        var loading = GetAsync("a", "missing");
        var other = GetAsync("a");
        _rig.Time.Advance(SoftTimeout);
        (await other)[0].IsStale.ShouldBeTrue();
        loading.IsCompleted.ShouldBeFalse();

        _factory.Gate!.Open();

        (await loading).ShouldAllBe(entry => entry.Value == "new" && !entry.IsStale);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_CallerGoesAwayWithTheStaleValue_TheFactoryIsNotCancelled()
    {
        await ExpireAsync("a");
        using var caller = new CancellationTokenSource();
        var loading = _cache.GetOrCreateManyAsync(["a"], _factory.MakeAsync, Options(), caller.Token);
        _rig.Time.Advance(SoftTimeout);
        (await loading)[0].IsStale.ShouldBeTrue();

        await caller.CancelAsync();

        _factory.Token.IsCancellationRequested.ShouldBeFalse();
        _factory.Gate!.Open();
        await Eventually.BecomesTrueAsync(async () => (await _cache.GetAsync("a", Cancel)).HasValue, "the factory has made the value");
    }

    [Fact]
    public async Task GetOrCreateManyAsync_CallerGoesAwayBefore_TheFactoryIsCancelledAndAnotherMakesTheValue()
    {
        await ExpireAsync("a");
        using var caller = new CancellationTokenSource();
        var loading = _cache.GetOrCreateManyAsync(["a"], _factory.MakeAsync, Options(), caller.Token);

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(loading);
        _factory.Token.IsCancellationRequested.ShouldBeTrue();
        _factory.Gate!.Open();
        (await GetAsync("a"))[0].Value.ShouldBe("new");
    }

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryFailsInTheBackground_IsNotCalledAgainForAWhile()
    {
        await ExpireAsync("a");
        _factory.Value = null;
        var loading = GetAsync("a");
        _rig.Time.Advance(SoftTimeout);
        await loading;

        _factory.Gate!.Open();
        await Eventually.BecomesTrueAsync(() => _rig.Loads.IsEmpty, "the load has ended");

        (await GetAsync("a"))[0].IsStale.ShouldBeTrue();
        _factory.CallsFor("a").ShouldBe(2);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_SoftTimeoutWithoutStaleFor_IsRefused()
    {
        var error = await Should.ThrowAsync<ArgumentException>(() => _cache.GetOrCreateManyAsync(["a"], _factory.MakeAsync, new() { SoftTimeout = SoftTimeout }, Cancel));

        error.Message.ShouldContain(nameof(CacheLoadOptions.StaleFor));
    }

    public void Dispose()
    {
        _clients.Dispose();
        _rig.Dispose();
    }

    private static CacheLoadOptions Options() => new() { Ttl = Ttl, StaleFor = TimeSpan.FromHours(1), SoftTimeout = SoftTimeout };

    private Task<IReadOnlyList<CacheEntry<string>>> GetAsync(params string[] keys) => _cache.GetOrCreateManyAsync(keys, _factory.MakeAsync, Options(), Cancel);

    /// <summary>Makes values, lets them expire, and the factory wait from now on.</summary>
    private async Task ExpireAsync(params string[] keys)
    {
        _factory.Value = "old";
        (await GetAsync(keys)).ShouldAllBe(entry => entry.Value == "old");
        _factory.Value = "new";
        _factory.Gate = new();
        _rig.Time.Advance(Ttl);
    }
}
