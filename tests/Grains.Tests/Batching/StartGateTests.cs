using Microsoft.Extensions.Time.Testing;

namespace Armature.Batching;

/// <summary>Who has a silo alone, for how long, and who waits meanwhile.</summary>
public sealed class StartGateTests
{
    private static readonly (string BatchId, long ChunkId) First = ("first", 1);
    private static readonly (string BatchId, long ChunkId) Second = ("second", 1);

    private readonly FakeTimeProvider _time = new();
    private readonly StartGate _gate;
    private volatile bool _isIdle = true;

    public StartGateTests() => _gate = new(_time);

    [Fact]
    public async Task HoldAsync_SomethingRuns_StartsNothingNewAndWaitsForItsEnd()
    {
        _isIdle = false;
        var holding = HoldAsync(First);
        _gate.IsClosed.ShouldBeTrue();
        _gate.OnItemEnded();
        holding.IsCompleted.ShouldBeFalse();

        _isIdle = true;
        _gate.OnItemEnded();

        (await holding).ShouldBeTrue();
        _gate.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public async Task HoldAsync_WhatRunsDoesNotEnd_IsRefusedAfterTenSecondsAndOthersStart()
    {
        _isIdle = false;
        var opened = 0;
        _gate.Opened += () => opened++;
        var holding = HoldAsync(First);

        _time.Advance(StartGate.Patience);

        (await holding).ShouldBeFalse();
        _gate.IsClosed.ShouldBeFalse();
        opened.ShouldBe(1);
        _gate.TryBegin(First).ShouldBeFalse();
    }

    [Fact]
    public async Task HoldAsync_AnotherHasTheSilo_TakesItsTurnAfterIt()
    {
        (await HoldAsync(First)).ShouldBeTrue();
        _gate.TryBegin(First).ShouldBeTrue();
        var second = HoldAsync(Second);

        second.IsCompleted.ShouldBeFalse();
        _gate.Release(First);

        (await second).ShouldBeTrue();
        _gate.TryBegin(First).ShouldBeFalse();
        _gate.TryBegin(Second).ShouldBeTrue();
    }

    [Fact]
    public async Task HoldAsync_OthersWereHeldBack_TheyStartForAsLongBeforeTheNext()
    {
        (await HoldAsync(First)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(3));
        _gate.Release(First);
        var second = HoldAsync(Second);

        _time.Advance(TimeSpan.FromSeconds(2));
        _gate.IsClosed.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await second).ShouldBeTrue();
    }

    [Fact]
    public async Task TryBegin_TheItemComesTooLate_IsRefusedAndOthersStart()
    {
        (await HoldAsync(First)).ShouldBeTrue();

        _time.Advance(StartGate.Patience);

        _gate.TryBegin(First).ShouldBeFalse();
        _gate.IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task TryBegin_InTime_KeepsTheSiloUntilItIsReleased()
    {
        (await HoldAsync(First)).ShouldBeTrue();
        _gate.TryBegin(First).ShouldBeTrue();

        _time.Advance(10 * StartGate.Patience);
        _gate.IsClosed.ShouldBeTrue();
        _gate.Release(First);

        _gate.IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task Release_WhileItWaits_IsRefused()
    {
        (await HoldAsync(First)).ShouldBeTrue();
        var second = HoldAsync(Second);

        _gate.Release(key => key.BatchId == "second");

        (await second).ShouldBeFalse();
        _gate.IsClosed.ShouldBeTrue();
    }

    private Task<bool> HoldAsync((string BatchId, long ChunkId) key) => _gate.HoldAsync(key, () => _isIdle);
}
