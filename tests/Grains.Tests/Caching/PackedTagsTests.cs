using System.Text;
using CsCheck;

namespace Armature.Caching;

public sealed class PackedTagsTests
{
    [Fact]
    public void Contains_AnyTags_FindsThoseThatArePacked()
    {
        Gen.Select(Gen.String["abé"].Where(tag => tag.Length > 0).Array[0, 16], Gen.String["abé"].Where(tag => tag.Length > 0))
            .Sample((tags, tag) => PackedTags.From(tags).Contains(Encoding.UTF8.GetBytes(tag)).ShouldBe(tags.Contains(tag)));
    }

    [Fact]
    public void From_NoTags_CostsNothing() => PackedTags.From([]).Length.ShouldBe(0);
}
