namespace Armature.Images;

public sealed class ImageSizeTests
{
    [Theory]
    [InlineData("200x200", 200, 200)]
    [InlineData("200X100", 200, 100)]
    [InlineData("1920", 1920, null)]
    [InlineData("1920x", 1920, null)]
    [InlineData("x1080", null, 1080)]
    [InlineData("16383x1", 16383, 1)]
    public void TryParse_Size_IsRead(string text, int? width, int? height)
    {
        ImageSize.TryParse(text, out var size, out _).ShouldBeTrue();

        size.ShouldBe(new ImageSize(width, height));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0x10")]
    [InlineData("10x0")]
    [InlineData("-5")]
    [InlineData("1x2x3")]
    [InlineData("16384")]
    [InlineData("wide")]
    [InlineData("10 x 10")]
    public void TryParse_NoSize_SaysWhatIsAllowed(string text)
    {
        ImageSize.TryParse(text, out _, out var error).ShouldBeFalse();

        error.ShouldStartWith($"'{text}' is no size.");
        error.ShouldContain("200x200");
    }
}
