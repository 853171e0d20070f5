using Armature.Hosting;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Clustering;

public sealed class MembershipLeaseTests
{
    private static readonly MembershipOptions Options = new();
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void IsHeld_NotBegun_IsFalse()
    {
        var lease = new MembershipLease(Options, _time);

        lease.IsHeld.ShouldBeFalse();
        Should.Throw<MembershipStaleException>(lease.ThrowIfStale);
    }

    [Fact]
    public void IsHeld_UpToItsDurationAfterTheProof_IsTrueAndThenFalse()
    {
        var lease = Held();

        _time.Advance(Options.LeaseDuration);
        lease.IsHeld.ShouldBeTrue();
        Should.NotThrow(lease.ThrowIfStale);

        _time.Advance(Moment);
        lease.IsHeld.ShouldBeFalse();
        var stale = Should.Throw<MembershipStaleException>(lease.ThrowIfStale);
        stale.Unconfirmed.ShouldBe(Options.LeaseDuration + Moment);
        stale.Allowed.ShouldBe(Options.LeaseDuration);
        stale.Message.ShouldContain("Try again");
    }

    [Fact]
    public void Prove_RoundBegunBeforeAFreeze_CountsFromItsBeginning()
    {
        var lease = Held();
        var begun = LeaseTime.Now(_time);

        _time.Advance(TimeSpan.FromSeconds(20));
        lease.Prove(begun);

        lease.IsHeld.ShouldBeFalse();
    }

    [Fact]
    public void Prove_AfterAGap_DoesNotBringTheLeaseBackByItself()
    {
        var lease = Held();
        _time.Advance(Options.LeaseDuration + Moment);

        lease.Prove(LeaseTime.Now(_time));

        lease.IsHeld.ShouldBeFalse();
        lease.AwaitsConfirmation.ShouldBeFalse();
    }

    [Fact]
    public void Confirm_AfterRoundsForAProbeTimeout_BringsTheLeaseBack()
    {
        var lease = Held();
        _time.Advance(TimeSpan.FromSeconds(20));
        lease.Prove(LeaseTime.Now(_time));

        lease.Confirm();
        lease.IsHeld.ShouldBeFalse("the probation has only begun");

        _time.Advance(Options.ProbeTimeout);
        lease.Prove(LeaseTime.Now(_time));
        lease.AwaitsConfirmation.ShouldBeTrue();
        lease.Confirm();
        lease.IsHeld.ShouldBeTrue();
    }

    [Fact]
    public void Confirm_FrozenWhileTheTableWasRead_DoesNotBringTheLeaseBack()
    {
        var lease = Held();
        _time.Advance(TimeSpan.FromSeconds(20));
        lease.Prove(LeaseTime.Now(_time));
        _time.Advance(Options.ProbeTimeout);
        lease.Prove(LeaseTime.Now(_time));
        lease.AwaitsConfirmation.ShouldBeTrue();

        _time.Advance(TimeSpan.FromSeconds(20));
        lease.Confirm();

        lease.IsHeld.ShouldBeFalse();
    }

    [Fact]
    public void IsHeld_MonotonicClockStoodStill_GoesByTheWallClock()
    {
        var time = new SuspendedTimeProvider();
        var lease = new MembershipLease(Options, time);
        lease.Begin(LeaseTime.Now(time));

        time.Utc += Options.LeaseDuration + Moment;

        lease.IsHeld.ShouldBeFalse();
    }

    [Fact]
    public void IsHeld_WallClockSetBack_GoesByTheMonotonicClock()
    {
        var time = new SuspendedTimeProvider();
        var lease = new MembershipLease(Options, time);
        lease.Begin(LeaseTime.Now(time));

        time.Utc -= TimeSpan.FromHours(1);
        lease.IsHeld.ShouldBeTrue();
        time.Timestamp += (Options.LeaseDuration + Moment).Ticks;

        lease.IsHeld.ShouldBeFalse();
    }

    [Fact]
    public void IsHeld_RandomFreezesAndDeaths_IsNeverTrueAfterDeath() =>
        Gen.Select(Gen.Int[0, 6_000], Gen.Int[0, 300], Gen.Bool).Array[1, 60].Sample(rounds =>
        {
            var time = new FakeTimeProvider();
            var lease = new MembershipLease(Options, time);
            lease.Begin(LeaseTime.Now(time));
            var answered = LeaseTime.Now(time);
            var isDead = false;

            // Each round: the process stands still for a while, then asks, waits for the answer, and reads the table when it is time.
            foreach (var (frozen, answer, isConfirmed) in rounds)
            {
                Pass(frozen);
                var begun = LeaseTime.Now(time);
                answered = isDead ? answered : begun;
                Pass(answer);
                if (!isDead)
                {
                    lease.Prove(begun);
                }

                if (isConfirmed && lease.AwaitsConfirmation && !isDead)
                {
                    lease.Confirm();
                }

                (lease.IsHeld && isDead).ShouldBeFalse();
            }

            void Pass(int milliseconds)
            {
                time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                isDead |= answered.Age(time) >= Options.EarliestDetection;
                (lease.IsHeld && isDead).ShouldBeFalse();
            }
        });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(9, 8)]
    public void Needed_SoManyOthers_LeavesTooFewToDeclareThisSiloDead(int others, int needed) =>
        Members.Needed(others).ShouldBe(needed);

    private MembershipLease Held()
    {
        var lease = new MembershipLease(Options, _time);
        lease.Begin(LeaseTime.Now(_time));
        lease.IsHeld.ShouldBeTrue();
        return lease;
    }

    private sealed class SuspendedTimeProvider : TimeProvider
    {
        public DateTimeOffset Utc { get; set; } = DateTimeOffset.UnixEpoch;

        public long Timestamp { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Utc;

        public override long GetTimestamp() => Timestamp;
    }
}
