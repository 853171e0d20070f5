namespace Armature.Caching;

public sealed class CacheTagTests
{
    [Fact]
    public void Check_TagsWithinTheRules_HasNoObjection() =>
        CacheTag.Check([.. Enumerable.Range(0, 15).Select(i => $"tag {i}"), new string('é', 128)]).ShouldBeNull();

    [Fact]
    public void Check_TooManyTags_SaysTheLimit() =>
        CacheTag.Check([.. Enumerable.Range(0, 17).Select(i => $"tag {i}")]).ShouldBe("An entry was given 17 tags; at most 16 are allowed.");

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a\nb", "control character")]
    public void Check_TagOutsideTheRules_SaysWhatIsWrong(string tag, string problem) => CacheTag.Check(["fine", tag])!.ShouldContain(problem);

    [Fact]
    public void Check_TooLongTag_SaysTheLimit() => CacheTag.Check(new string('a', 129))!.ShouldContain("has 129 characters; at most 128");
}
