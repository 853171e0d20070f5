namespace Armature.Images;

public sealed class ImageSourceTests
{
    [Fact]
    public void Equals_SameBytes_AreEqual()
    {
        var left = ImageSource.FromBytes([1, 2, 3]);
        var right = ImageSource.FromBytes([1, 2, 3]);

        left.ShouldBe(right);
        left.GetHashCode().ShouldBe(right.GetHashCode());
    }

    [Fact]
    public void Equals_OtherBytesOrNames_AreNot()
    {
        ImageSource.FromBytes([1, 2, 3]).ShouldNotBe(ImageSource.FromBytes([1, 2, 4]));
        ImageSource.FromBytes([1, .. new byte[300]]).ShouldNotBe(ImageSource.FromBytes([2, .. new byte[300]]));
        ImageSource.FromBlob("a").ShouldNotBe(ImageSource.FromBlob("b"));
        ImageSource.FromBlob("a").ShouldNotBe(ImageSource.FromBytes([]));
    }

    [Fact]
    public void FromBlob_NameThatNoBlobHas_IsRefused() => Should.Throw<ArgumentException>(() => ImageSource.FromBlob("../up"));
}
