using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching.Tier;

/// <summary>Values that have expired, given when newer ones cannot be made, by a cache that has something behind its memory.</summary>
public sealed class StaleOnErrorWithTierTests : StaleOnErrorCases
{
    // The tier's own clock, for entries that it has longer than it should.
    private readonly FakeTimeProvider _tierTime;
    private readonly FakeTierAccess _tier;
    private readonly NodeRig _rig;

    public StaleOnErrorWithTierTests()
        : this(new FakeTimeProvider())
    {
    }

    private StaleOnErrorWithTierTests(FakeTimeProvider tierTime)
        : this(tierTime, new FakeTierAccess(new(tierTime)))
    {
    }

    private StaleOnErrorWithTierTests(FakeTimeProvider tierTime, FakeTierAccess tier)
        : this(tierTime, tier, new NodeRig(_ => tier))
    {
    }

    private StaleOnErrorWithTierTests(FakeTimeProvider tierTime, FakeTierAccess tier, NodeRig rig)
        : base(rig) => (_tierTime, _tier, _rig) = (tierTime, tier, rig);

    [Fact]
    public async Task GetOrCreateManyAsync_TierIsAway_GivesTheValueThatHasExpired()
    {
        await ExpireAsync("a");
        _tier.IsCut = true;

        (await GetAsync("a"))[0].IsStale.ShouldBeTrue();
        (await GetAsync("a"))[0].IsStale.ShouldBeTrue();
    }

    [Fact]
    public async Task GetOrCreateManyAsync_ValueCameBackFromTheTier_IsKeptOnceItHasExpired()
    {
        await MakeAsync("a");
        Forget();
        _rig.Time.Advance(Ttl / 2);
        (await GetAsync("a"))[0].IsStale.ShouldBeFalse();
        _rig.Time.Advance(Ttl / 2);

        (await GetAsync("a"))[0].IsStale.ShouldBeTrue();
        _rig.Time.Advance(StaleFor);
        (await GetAsync("a"))[0].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
    }

    [Fact]
    public async Task GetOrCreateManyAsync_NotInMemoryAndExpired_GivesTheErrorEvenWhereTheTierStillHasIt()
    {
        await ExpireAsync("a");
        Forget();

        (await GetAsync("a"))[0].Error!.Code.ShouldBe(CacheErrorCodes.FactoryFailed);
        _tierTime.GetUtcNow().ShouldBeLessThan(_rig.Time.GetUtcNow());
    }

    private void Forget() => _rig.Holdings.Held.ToList().ForEach(_rig.Store.Drop);
}
