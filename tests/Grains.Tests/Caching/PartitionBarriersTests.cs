using System.Text;
using CsCheck;

namespace Armature.Caching;

public sealed class PartitionBarriersTests
{
    private static readonly string[] Patterns = ["*", "a*", "*b", "[ab]?", "c"];
    private static readonly string[] Tags = ["eu", "us"];
    private static readonly Gen<string> GenKey = Gen.OneOf("a", "b", "c", "ab", "ba");
    private static readonly Gen<string[]> GenTags = Gen.OneOf<string[]>([], ["eu"], ["us"], ["eu", "us"]);
    private static readonly Gen<CacheBarrier> GenBarrier = Gen.OneOf(
        Gen.Const(CacheBarrier.Of(CacheSelectionKind.All, "")),
        Gen.OneOf(Patterns).Select(pattern => CacheBarrier.Of(CacheSelectionKind.Pattern, pattern)),
        Gen.OneOf(Tags).Select(tag => CacheBarrier.Of(CacheSelectionKind.Tag, tag)));

    [Fact]
    public void Stop_AnyBarriersInAnyOrder_StopsWhatOneOfThemStops()
    {
        Gen.Select(Gen.Select(GenBarrier, Gen.Long[1, 30]).Array[0, 20], GenKey, GenTags, Gen.Long[0, 30]).Sample((drawn, key, tags, version) =>
        {
            var all = drawn.Select(pair => pair.Item1.At(pair.Item2)).ToArray();
            var barriers = new PartitionBarriers();
            Array.ForEach(all, barrier => barriers.TryAdd(barrier).ShouldBeTrue());

            var bytes = Encoding.UTF8.GetBytes(key);
            var packed = PackedTags.From(tags);
            barriers.Stop(bytes, packed, version).ShouldBe(all.Any(barrier => barrier.Version > version && barrier.Means(bytes, packed)));
            barriers.All.Select(barrier => barrier.Version).ShouldBeInOrder();
        });
    }

    [Fact]
    public void Stop_EntryWrittenAfterTheBarrier_LetsItPass()
    {
        var barriers = With(CacheBarrier.Of(CacheSelectionKind.Pattern, "session:*").At(5));

        barriers.Stop("session:1"u8, default, version: 4).ShouldBeTrue();
        barriers.Stop("session:1"u8, default, version: 5).ShouldBeFalse();
        barriers.Stop("other:1"u8, default, version: 4).ShouldBeFalse();
    }

    [Fact]
    public void TryAdd_SameAgain_KeepsTheNewerOne()
    {
        var barriers = With(CacheBarrier.Of(CacheSelectionKind.Tag, "eu").At(5), CacheBarrier.Of(CacheSelectionKind.Tag, "eu").At(9), CacheBarrier.Of(CacheSelectionKind.Tag, "eu").At(7));

        barriers.All.Single().Version.ShouldBe(9);
    }

    [Fact]
    public void TryAdd_All_ReplacesEveryOlderOne()
    {
        var barriers = With(
            CacheBarrier.Of(CacheSelectionKind.Tag, "eu").At(1), CacheBarrier.Of(CacheSelectionKind.Pattern, "a*").At(2), CacheBarrier.Of(CacheSelectionKind.All, "").At(3));

        barriers.All.Single().Kind.ShouldBe(CacheSelectionKind.All);
    }

    [Fact]
    public void TryAdd_TooMany_RefusesUntilSomeAreForgotten()
    {
        var barriers = new PartitionBarriers();
        for (var i = 1; i <= PartitionBarriers.MaxCount; i++)
        {
            barriers.TryAdd(CacheBarrier.Of(CacheSelectionKind.Pattern, $"{i}:*").At(i)).ShouldBeTrue();
        }

        var next = CacheBarrier.Of(CacheSelectionKind.Pattern, "new:*").At(PartitionBarriers.MaxCount + 1);
        barriers.TryAdd(next).ShouldBeFalse();
        barriers.TryAdd(CacheBarrier.Of(CacheSelectionKind.Pattern, "1:*").At(PartitionBarriers.MaxCount + 1)).ShouldBeTrue();

        barriers.Forget(version: 10);

        barriers.TryAdd(next).ShouldBeTrue();
        barriers.Stop("10:a"u8, default, version: 0).ShouldBeFalse();
        barriers.Stop("11:a"u8, default, version: 0).ShouldBeTrue();
    }

    private static PartitionBarriers With(params CacheBarrier[] drawn)
    {
        var barriers = new PartitionBarriers();
        Array.ForEach(drawn, barrier => barriers.TryAdd(barrier).ShouldBeTrue());
        return barriers;
    }
}
