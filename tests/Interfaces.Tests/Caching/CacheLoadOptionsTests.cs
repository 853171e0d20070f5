namespace Armature.Caching;

public sealed class CacheLoadOptionsTests
{
    public static TheoryData<Action<CacheLoadOptions>, string> OutOfBounds => new()
    {
        { options => options.StaleFor = TimeSpan.FromMilliseconds(999), "StaleFor must be between 00:00:01 and 3650.00:00:00." },
        { options => options.RetryAfter = TimeSpan.FromMilliseconds(-1), "RetryAfter must be between 00:00:00 and 01:00:00." },
        { options => options.SoftTimeout = TimeSpan.Zero, "SoftTimeout must be between 00:00:00.0010000 and 00:10:00." },
        { options => options.Jitter = TimeSpan.FromDays(2), "Jitter must be between 00:00:00 and 1.00:00:00." },
        { options => options.RefreshAhead = 1, "RefreshAhead must be between 0.05 and 0.99." },
        { options => options.RefreshAhead = double.NaN, "RefreshAhead must be between 0.05 and 0.99." },
    };

    [Theory]
    [MemberData(nameof(OutOfBounds))]
    public void Options_OutOfBounds_SayWhatIsAllowed(Action<CacheLoadOptions> set, string message) =>
        Should.Throw<ArgumentOutOfRangeException>(() => set(new())).Message.ShouldStartWith(message);

    [Fact]
    public void Options_NoneGiven_KeepNothingAndWait()
    {
        var options = new CacheLoadOptions();

        (options.StaleFor, options.SoftTimeout, options.RefreshAhead, options.Jitter).ShouldBe((null, null, null, TimeSpan.Zero));
        options.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
    }
}
