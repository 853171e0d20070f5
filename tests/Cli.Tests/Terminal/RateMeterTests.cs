using Microsoft.Extensions.Time.Testing;

namespace Armature.Terminal;

public sealed class RateMeterTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void PerSecond_NothingDone_IsZeroAndTheTimeIsNotKnown()
    {
        var rate = new RateMeter(_time);

        rate.PerSecond.ShouldBe(0);
        rate.TimeFor(10).ShouldBeNull();
    }

    [Fact]
    public void PerSecond_SteadyWork_IsItsRate()
    {
        var rate = new RateMeter(_time);
        Work(rate, seconds: 5, perSecond: 4);

        rate.PerSecond.ShouldBe(4, 0.001);
        rate.TimeFor(20).ShouldBe(TimeSpan.FromSeconds(5));
        rate.TimeFor(0).ShouldBeNull();
    }

    [Fact]
    public void PerSecond_WorkThatBecameFaster_ForgetsTheSlowPast()
    {
        var rate = new RateMeter(_time);
        var done = Work(rate, seconds: 60, perSecond: 1);
        Work(rate, seconds: 15, perSecond: 10, done);

        rate.PerSecond.ShouldBe(10, 0.001);
    }

    private int Work(RateMeter rate, int seconds, int perSecond, int done = 0)
    {
        for (var second = 0; second < seconds; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            rate.Note(done += perSecond);
        }

        return done;
    }
}
