using CsCheck;

namespace Armature.Batching;

public sealed class ChunkSizerTests
{
    private const int Lanes = 129;

    private readonly ChunkSizer _sizer = new(TimeSpan.FromMilliseconds(150));

    [Fact]
    public void Next_NothingIsKnown_IsOneItem() => _sizer.Next(10_000, Lanes, silos: 1).ShouldBe(1);

    [Theory]
    [InlineData(32, 10_000, 1, 16)] // 128 at a time, one is done every quarter of a millisecond.
    [InlineData(32, 20, 1, 10)] // But half of what waits at most,
    [InlineData(32, 20, 2, 5)] // and that for each silo.
    [InlineData(32, 1, 1, 1)]
    [InlineData(100, 10_000, 1, 5)]
    [InlineData(1_000, 10_000, 1, 1)] // Items that wait for long go one by one: none waits for another's end.
    public void Next_SiloWorksOnMany_IsWhatItDoesInFourMilliseconds(int itemMilliseconds, int waiting, int silos, int expected)
    {
        _sizer.Observe(16, TimeSpan.FromMilliseconds(16 * itemMilliseconds), resultBytes: 16);

        _sizer.Next(waiting, Lanes * silos, silos).ShouldBe(expected);
    }

    [Fact]
    public void Next_AnyWork_IsWithinItsBounds() => Gen.Select(
        Gen.Int[1, 100], Gen.Double[1e-8, 10], Gen.Int[0, 1_000_000], Gen.Int[1, 5_000], Gen.Int[1, 50]).Sample((items, seconds, waiting, lanes, silos) =>
        {
            var sizer = new ChunkSizer(TimeSpan.FromMilliseconds(150));
            sizer.Observe(items, TimeSpan.FromSeconds(items * seconds), resultBytes: 0);

            sizer.Next(waiting, lanes, silos).ShouldBeInRange(1, Math.Min(16 * items, BatchLimits.MaxPageItems));
        });
}
