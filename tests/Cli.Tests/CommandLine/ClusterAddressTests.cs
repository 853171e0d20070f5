namespace Armature.CommandLine;

public sealed class ClusterAddressTests
{
    [Theory]
    [InlineData("localhost:6379")]
    [InlineData("10.0.0.7:6380")]
    [InlineData("[::1]:6379")]
    [InlineData("redis.example.com:65535")]
    public void TryParse_HostAndPort_IsRedis(string text)
    {
        ClusterAddress.TryParse(text, out var address, out _).ShouldBeTrue();

        address.Redis.ShouldBe(text);
        address.IsLocal.ShouldBeFalse();
    }

    [Fact]
    public void TryParse_Local_IsTheServerOfThisMachine()
    {
        ClusterAddress.TryParse("local", out var address, out _).ShouldBeTrue();

        address.IsLocal.ShouldBeTrue();
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData(":6379")]
    [InlineData("localhost:0")]
    [InlineData("localhost:65536")]
    [InlineData("localhost:six")]
    [InlineData("bad host:6379")]
    [InlineData("")]
    public void TryParse_AnythingElse_SaysWhatIsAllowed(string text)
    {
        ClusterAddress.TryParse(text, out _, out var error).ShouldBeFalse();

        error.ShouldContain("HOST:PORT");
        error.ShouldContain("local");
    }
}
