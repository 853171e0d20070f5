namespace Armature.Caching;

public sealed class CacheExpiryTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10_000, 1)]
    [InlineData(10_001, 2)]
    [InlineData(3_000_000_000, 300_000)]
    public void After_AnyTime_IsTakenUpToTheNextMillisecond(long ticks, long milliseconds)
    {
        CacheExpiry expiry = new TimeSpan(ticks);

        expiry.ShouldBe(new CacheExpiry(milliseconds, false));
        CacheExpiry.Sliding(new TimeSpan(ticks)).ShouldBe(new CacheExpiry(milliseconds, true));
    }

    [Fact]
    public void After_Infinite_IsNever() => CacheExpiry.After(Timeout.InfiniteTimeSpan).ShouldBe(CacheExpiry.Never);

    [Fact]
    public void After_NoTime_SaysWhatIsAllowed()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => CacheExpiry.After(TimeSpan.Zero)).Message.ShouldContain("give more than zero");
        Should.Throw<ArgumentOutOfRangeException>(() => CacheExpiry.Sliding(Timeout.InfiniteTimeSpan)).Message.ShouldContain("give more than zero");
    }
}
