namespace Armature.Caching;

public sealed class CacheRequestCheckTests
{
    [Fact]
    public void ThrowIfInvalid_KeyOfTheMostBytes_DoesNot() =>
        Should.NotThrow(() => CacheRequestCheck.ThrowIfInvalid(Get([StoreKeys.MaxKeyBytes], StoreKeys.MaxKeyBytes)));

    [Fact]
    public void ThrowIfInvalid_KeyOfMoreBytes_SaysHowMany()
    {
        var thrown = Should.Throw<ArgumentException>(() => CacheRequestCheck.ThrowIfInvalid(Get([1, StoreKeys.MaxKeyBytes + 2], 5_000)));

        thrown.Message.ShouldContain("A key has 3,073 bytes; 3,072 are allowed.");
    }

    [Theory]
    [InlineData(new[] { -1 })]
    [InlineData(new[] { 3, 2 })]
    [InlineData(new[] { 3, 11 })]
    [InlineData(new[] { int.MaxValue, 3 })]
    public void ThrowIfInvalid_KeysThatLieElsewhere_SaysSo(int[] ends)
    {
        var thrown = Should.Throw<ArgumentException>(() => CacheRequestCheck.ThrowIfInvalid(Get(ends, 10)));

        thrown.Message.ShouldContain("do not rise, or lie behind their bytes");
    }

    private static CacheRequest Get(int[] ends, int bytes) => new() { Cache = "cache", Operation = CacheOperation.Get, Keys = new(ends, new byte[bytes]) };
}
