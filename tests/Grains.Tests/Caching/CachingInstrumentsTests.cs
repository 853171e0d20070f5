using Armature.Testing;

namespace Armature.Caching;

public sealed class CachingInstrumentsTests : IDisposable
{
    private readonly NodeRig _rig = new();
    private readonly Measured _measured = new(CachingInstruments.MeterName);

    [Fact]
    public void Invalidate_AllPartitions_CountsALineInEach()
    {
        _rig.Ask(CacheRequests.Invalidate(CacheSelectionKind.Pattern, "a*"));
        _rig.Ask(CacheRequests.Invalidate(CacheSelectionKind.Tag, "eu"));

        _measured["armature.caching.barriers.drawn"].ShouldBe(2 * CacheLimits.Partitions);
        _rig.Barriers.Count.ShouldBe(2 * CacheLimits.Partitions);
        _rig.Sweep.Run();
        _rig.Barriers.Count.ShouldBe(0);
    }

    [Fact]
    public void OnLookedAfter_Lines_SaysHowManyStand()
    {
        CachingInstruments.OnLookedAfter(default, default, partitions: 3, barriers: 7);

        _measured["armature.caching.barriers"].ShouldBe(7);
        _measured["armature.caching.partitions"].ShouldBe(3);
    }

    public void Dispose()
    {
        _measured.Dispose();
        _rig.Dispose();
    }
}
