using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Rendering;

public sealed class PaceGateTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly FakeTimeProvider _time = new();
    private readonly PaceGate _gate;

    public PaceGateTests() => _gate = new(_time);

    [Fact]
    public void TryEnter_NoLimits_IsTaken() => Enter(new() { Name = "free" }).ShouldBeNull();

    [Fact]
    public void TryEnter_Rate_SpacesPagesEvenly()
    {
        var pace = new RenderPace { Name = "api", PagesPerSecond = 4 };

        Enter(pace).ShouldBeNull();
        Enter(pace).ShouldBe(TimeSpan.FromMilliseconds(250));
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Enter(pace).ShouldBeNull();
        Enter(pace).ShouldNotBeNull();
    }

    [Fact]
    public void TryEnter_RateAfterAPause_HasNoBurst()
    {
        var pace = new RenderPace { Name = "api", PagesPerSecond = 4 };
        Enter(pace).ShouldBeNull();
        _time.Advance(TimeSpan.FromHours(1));

        Enter(pace).ShouldBeNull();
        Enter(pace).ShouldBe(TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public void TryEnter_AllInFlight_WaitsForOneThatLeaves()
    {
        var pace = new RenderPace { Name = "api", MaxInFlight = 2 };
        var first = Guid.NewGuid();
        Enter(pace, first).ShouldBeNull();
        Enter(pace).ShouldBeNull();

        Enter(pace).ShouldBe(Lease);
        _gate.Leave(first);
        Enter(pace).ShouldBeNull();
    }

    [Fact]
    public void TryEnter_PermitThatWasNotGivenBack_EndsByItself()
    {
        var pace = new RenderPace { Name = "api", MaxInFlight = 1 };
        Enter(pace).ShouldBeNull();

        _time.Advance(Lease);

        Enter(pace).ShouldBeNull();
    }

    [Fact]
    public void TryEnter_SamePermitTwice_CountsOnce()
    {
        var pace = new RenderPace { Name = "api", MaxInFlight = 1, PagesPerSecond = 1 };
        var permit = Guid.NewGuid();
        Enter(pace, permit).ShouldBeNull();

        Enter(pace, permit).ShouldBeNull();
        _gate.InFlight.ShouldBe(1);
    }

    [Fact]
    public void TryEnter_AnyOrder_KeepsBothLimits() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 400]).Array[0, 100].Sample(steps =>
        {
            var time = new FakeTimeProvider();
            var gate = new PaceGate(time);
            var pace = new RenderPace { Name = "api", PagesPerSecond = 10, MaxInFlight = 3 };
            var held = new Queue<Guid>();
            var begun = new List<long>();
            foreach (var (action, milliseconds) in steps)
            {
                var permit = Guid.NewGuid();
                if (action == 0 && held.TryDequeue(out var left))
                {
                    gate.Leave(left);
                }
                else if (action == 1)
                {
                    time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                }
                else if (gate.TryEnter(pace, new(permit, TimeSpan.FromDays(1))) is null)
                {
                    held.Enqueue(permit);
                    begun.Add(time.GetTimestamp());
                }

                held.Count.ShouldBeLessThanOrEqualTo(3);
            }

            for (var i = 10; i < begun.Count; i++)
            {
                // Ten in a second; one that came late is caught up by up to an interval.
                time.GetElapsedTime(begun[i - 10], begun[i]).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(900));
            }
        });

    private TimeSpan? Enter(RenderPace pace, Guid? permit = null) => _gate.TryEnter(pace, new(permit ?? Guid.NewGuid(), Lease));
}
