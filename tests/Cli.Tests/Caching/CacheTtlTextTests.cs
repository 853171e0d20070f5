namespace Armature.Caching;

public sealed class CacheTtlTextTests
{
    [Theory]
    [InlineData("1ms", 1)]
    [InlineData("30s", 30_000)]
    [InlineData("30", 30_000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("3650d", 315_360_000_000)]
    public void TryParse_Time_IsRead(string text, double milliseconds)
    {
        CacheTtlText.TryParse(text, out var ttl, out _).ShouldBeTrue();

        ttl.TotalMilliseconds.ShouldBe(milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("0.5ms")]
    [InlineData("3651d")]
    [InlineData("1e300d")]
    [InlineData("5 m")]
    [InlineData("00:05:00")]
    public void TryParse_AnythingElse_SaysWhatIsAllowed(string text)
    {
        CacheTtlText.TryParse(text, out _, out var error).ShouldBeFalse();

        error.ShouldContain("from 1ms to 3650d");
    }
}
