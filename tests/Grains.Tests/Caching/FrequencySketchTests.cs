using CsCheck;

namespace Armature.Caching;

public sealed class FrequencySketchTests
{
    // Fewer counts than after which all are halved.
    [Fact]
    public void Add_AnyUses_IsAsManyIncrements() =>
        Gen.Select(Gen.ULong[0, 1UL << 60], Gen.Int[0, 20]).Array[0, 7].Sample(asked =>
        {
            var (added, incremented) = (new FrequencySketch(16), new FrequencySketch(16));
            foreach (var (hash, uses) in asked.Concat(asked))
            {
                added.Add(hash, uses / 2);
                for (var use = 0; use < uses / 2; use++)
                {
                    incremented.Increment(hash);
                }
            }

            asked.Select(one => added.Count(one.Item1)).ShouldBe(asked.Select(one => incremented.Count(one.Item1)));
        });

    [Fact]
    public void Add_MoreThanTheSample_HalvesAsIncrementsDo()
    {
        var (added, incremented) = (new FrequencySketch(16), new FrequencySketch(16));
        for (var i = 0UL; i < 40; i++)
        {
            added.Add(i * 0x9E37_79B9_7F4A_7C15, 1);
            incremented.Increment(i * 0x9E37_79B9_7F4A_7C15);
        }

        for (var round = 0; round < 30; round++)
        {
            for (var i = 0UL; i < 40; i++)
            {
                added.Add(i * 0x9E37_79B9_7F4A_7C15, 1);
                incremented.Increment(i * 0x9E37_79B9_7F4A_7C15);
                added.Count(i * 0x9E37_79B9_7F4A_7C15).ShouldBe(incremented.Count(i * 0x9E37_79B9_7F4A_7C15));
            }
        }
    }
}
