namespace Armature.Caching;

/// <summary>What holds of values that have expired, whatever lies behind the cache.</summary>
public abstract class StaleOnErrorCases : IDisposable
{
    private protected static readonly TimeSpan Ttl = TimeSpan.FromMinutes(1);
    private protected static readonly TimeSpan StaleFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(20);

    private readonly NodeRig _rig;
    private readonly CacheClients _clients;
    private readonly CacheClient<string> _cache;
    private readonly TestFactory _factory = new();

    private protected StaleOnErrorCases(NodeRig rig)
    {
        _rig = rig;
        _clients = RigRoute.ClientsOf(_rig);
        _cache = _clients.Create<string>(CacheRequests.Cache, CacheFormat.Json);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryFails_GivesTheValueThatHasExpired()
    {
        await ExpireAsync("a", "b");

        var entries = await GetAsync("a", "new", "b");

        entries.Select(entry => entry.GetValueOrDefault()).ShouldBe(["old", null, "old"]);
        entries.Select(entry => entry.IsStale).ShouldBe([true, false, true]);
        entries[1].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
        _rig.Loads.Statistics.Stale.ShouldBe(2);
    }

    [Fact]
    public async Task GetManyAsync_ValueHasExpiredAndIsKept_IsAMissForAllOtherCalls()
    {
        await ExpireAsync("a");

        (await _cache.GetAsync("a", Cancel)).HasValue.ShouldBeFalse();
        (await _cache.ExistsAsync("a", Cancel)).ShouldBeFalse();
        (await _cache.TtlAsync("a", Cancel)).IsFound.ShouldBeFalse();
        (await _cache.ExpireAsync("a", CacheExpiry.Never, Cancel)).ShouldBeFalse();
        (await _cache.FindByPatternAsync("*", cancellationToken: Cancel)).Count.ShouldBe(0);
        (await _cache.GetOrCreateManyAsync(["a"], _factory.MakeAsync, cancellationToken: Cancel))[0].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
        (await _cache.DeleteAsync("a", Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryFailedLately_IsNotCalledAgainForAWhile()
    {
        await ExpireAsync("a");
        await GetAsync("a");

        _rig.Time.Advance(RetryAfter - TimeSpan.FromMilliseconds(1));
        (await GetAsync("a"))[0].IsStale.ShouldBeTrue();
        _factory.CallsFor("a").ShouldBe(2);
        _rig.Loads.Statistics.Stale.ShouldBe(2);

        _factory.Value = "new";
        _rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await GetAsync("a"))[0].Value.ShouldBe("new");
        _factory.CallsFor("a").ShouldBe(3);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_CallerThatTakesNoStaleValues_CallsTheFactoryInThePause()
    {
        await ExpireAsync("a");
        await GetAsync("a");

        _factory.Value = "new";
        var made = await _cache.GetOrCreateAsync("a", _ => Task.FromResult("new"), cancellationToken: Cancel);

        made.ShouldBe("new");
        (await GetAsync("a"))[0].IsStale.ShouldBeFalse();
    }

    [Fact]
    public async Task GetOrCreateManyAsync_PauseOfAValueThatWasReplaced_IsOver()
    {
        await ExpireAsync("a");
        await GetAsync("a");
        await _cache.SetAsync("a", "written", new() { Ttl = TimeSpan.FromSeconds(1) }, Cancel);
        _rig.Time.Advance(TimeSpan.FromSeconds(1));

        _factory.Value = "new";

        (await GetAsync("a"))[0].Value.ShouldBe("new");
    }

    [Fact]
    public async Task GetOrCreateManyAsync_StaleForIsOver_GivesTheError()
    {
        await ExpireAsync("a");
        _rig.Time.Advance(StaleFor - TimeSpan.FromMilliseconds(1));
        (await GetAsync("a"))[0].IsStale.ShouldBeTrue();

        _rig.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await GetAsync("a"))[0].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("delete behind a barrier")]
    [InlineData("pattern")]
    [InlineData("tag")]
    [InlineData("clear")]
    public async Task GetOrCreateManyAsync_KeyWasDeletedOrInvalidated_GivesTheError(string how)
    {
        await ExpireAsync("a");

        await (how switch
        {
            "delete" => _cache.DeleteAsync("a", Cancel).AsTask(),
            "delete behind a barrier" => DeleteBehindABarrierAsync(),
            "pattern" => _cache.DeleteByPatternAsync("a*", Cancel),
            "tag" => _cache.InvalidateTagsAsync(["eu"], Cancel),
            _ => _cache.ClearAsync(Cancel),
        });
        _rig.Sweep.Run();

        (await GetAsync("a"))[0].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_InvalidatedAndNotSweptYet_GivesTheError()
    {
        await ExpireAsync("a");

        await _cache.InvalidateTagsAsync(["eu"], Cancel);

        (await GetAsync("a"))[0].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_WrittenWithoutStaleFor_IsGoneWhenItExpires()
    {
        await ExpireAsync("a");
        await _cache.SetAsync("a", "written", new() { Ttl = Ttl }, Cancel);
        _rig.Time.Advance(Ttl);

        (await GetAsync("a"))[0].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_OthersWaitForTheLoadThatFails_GetTheStaleValueTooOrTheError()
    {
        await ExpireAsync("a");
        _factory.Gate = new();
        var loader = GetAsync("a");
        var waiter = GetAsync("a");
        var strict = _cache.GetOrCreateManyAsync(["a"], _factory.MakeAsync, cancellationToken: Cancel);

        _factory.Gate.Open();

        (await loader)[0].IsStale.ShouldBeTrue();
        (await waiter)[0].Value.ShouldBe("old");
        (await waiter)[0].IsStale.ShouldBeTrue();
        (await strict)[0].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
        _factory.CallsFor("a").ShouldBe(2);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_KeyIsDeletedWhileTheFactoryFails_GivesTheError()
    {
        await ExpireAsync("a");
        _factory.Gate = new();
        var loading = GetAsync("a");

        await _cache.DeleteAsync("a", Cancel);
        _factory.Gate.Open();

        (await loading)[0].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryLeavesAKeyOut_GivesItsStaleValue()
    {
        await ExpireAsync("a", "b");

        var entries = await _cache.GetOrCreateManyAsync(
            ["a", "b"],
            (_, _) => Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["b"] = "new" }),
            Options(),
            Cancel);

        entries.Select(entry => (entry.Value, entry.IsStale)).ShouldBe([("old", true), ("new", false)]);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_FactoryMakesWhatIsTooLarge_GivesTheStaleValueAndIsNotCalledAgainForAWhile()
    {
        await ExpireAsync("a");
        _factory.Value = new('x', 2 << 20);

        (await GetAsync("a"))[0].IsStale.ShouldBeTrue();
        (await GetAsync("a"))[0].IsStale.ShouldBeTrue();

        _factory.CallsFor("a").ShouldBe(2);
    }

    [Fact]
    public async Task GetOrCreateAsync_FactoryFails_GivesTheValueThatHasExpired()
    {
        await ExpireAsync("a");

        (await _cache.GetOrCreateAsync("a", _ => Task.FromException<string>(new InvalidOperationException()), Options(), Cancel)).ShouldBe("old");
    }

    [Fact]
    public async Task GetOrCreateManyAsync_MoreStaleValuesThanAnAnswerHolds_GivesThemInSeveral()
    {
        string[] keys = ["a", "b", "c", "d"];
        await ExpireAsync(keys);

        // Room for two values: in an answer, the others are left out, and granted to nobody.
        var first = await _rig.Node.AnswerAsync(CacheRequests.LoadStale(1, StaleUse.LastResort, keys), room: 12, Cancel);

        first.Answer.ToReply().Outcomes.ShouldBe([CacheOutcome.GrantedOverStale, CacheOutcome.GrantedOverStale, CacheOutcome.NotHeld, CacheOutcome.NotHeld]);
        var second = await _rig.Node.AnswerAsync(CacheRequests.LoadStale(2, StaleUse.LastResort, keys), long.MaxValue, Cancel);
        second.Answer.ToReply().Outcomes
            .ShouldBe([CacheOutcome.Pending, CacheOutcome.Pending, CacheOutcome.GrantedOverStale, CacheOutcome.GrantedOverStale]);
    }

    public void Dispose()
    {
        _clients.Dispose();
        _rig.Dispose();
        GC.SuppressFinalize(this);
    }

    private static CacheLoadOptions Options() => new() { Ttl = Ttl, Tags = ["eu"], StaleFor = StaleFor, RetryAfter = RetryAfter };

    private protected Task<IReadOnlyList<CacheEntry<string>>> GetAsync(params string[] keys) => _cache.GetOrCreateManyAsync(keys, _factory.MakeAsync, Options(), Cancel);

    private protected async Task MakeAsync(params string[] keys)
    {
        _factory.Value = "old";
        (await GetAsync(keys)).ShouldAllBe(entry => entry.Value == "old" && !entry.IsStale);
        _factory.Value = null;
    }

    /// <summary>Makes values, lets them expire, and the factory fail from now on.</summary>
    private protected async Task ExpireAsync(params string[] keys)
    {
        await MakeAsync(keys);
        _rig.Time.Advance(Ttl);
    }

    private async Task DeleteBehindABarrierAsync()
    {
        await _cache.InvalidateTagsAsync(["us"], Cancel);
        await _cache.DeleteAsync("a", Cancel);
    }
}
