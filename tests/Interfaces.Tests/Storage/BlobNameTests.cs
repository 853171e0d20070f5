namespace Armature.Storage;

public sealed class BlobNameTests
{
    [Theory]
    [InlineData("", "The name is empty.")]
    [InlineData("a\\b", "U+005C at 1")]
    [InlineData("a//b", "A segment is empty.")]
    [InlineData("a/..", "\"..\" ends with '.'")]
    public void ThrowIfInvalid_BadName_SaysWhatIsWrongAndWhatIsAllowed(string name, string expected)
    {
        var thrown = Should.Throw<ArgumentException>(() => BlobName.ThrowIfInvalid(name));

        thrown.Message.ShouldContain(expected);
        thrown.Message.ShouldContain("1 to 500 characters");
        BlobName.IsValid(name).ShouldBeFalse();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("batches/0a1B/items/7.bin")]
    public void IsValid_GoodName_IsTrue(string name) => BlobName.IsValid(name).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("a/")]
    [InlineData("a.")]
    public void ThrowIfInvalidPrefix_StartOfSomeName_DoesNot(string prefix) =>
        Should.NotThrow(() => BlobName.ThrowIfInvalidPrefix(prefix));
}
