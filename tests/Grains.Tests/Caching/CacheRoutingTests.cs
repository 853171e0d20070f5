using Armature.Clustering;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

public sealed class CacheRoutingTests
{
    private const int Keys = 40;

    // Long enough for any machine: nothing here waits for time.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private static readonly Gen<RoutingStep> GenStep = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(RoutingAct.Set)),
            (6, Gen.Const(RoutingAct.Get)),
            (4, Gen.Const(RoutingAct.Make)),
            (2, Gen.Const(RoutingAct.FailToMake)),
            (2, Gen.Const(RoutingAct.Delete)),
            (2, Gen.Const(RoutingAct.Expire)),
            (1, Gen.Const(RoutingAct.Invalidate)),
            (1, Gen.Const(RoutingAct.Sweep)),
            (2, Gen.Const(RoutingAct.Advance)),
            (2, Gen.Const(RoutingAct.Join)),
            (1, Gen.Const(RoutingAct.Leave)),
            (1, Gen.Const(RoutingAct.Kill)),
            (1, Gen.Const(RoutingAct.Freeze))),
        Gen.Int[0, 100],
        Gen.Int[0, Keys - 1].Array[1, 12],
        Gen.Long[1, 5_000],
        (act, silo, keys, milliseconds) => new RoutingStep(act, silo, [.. keys.Select(key => $"key-{key}")], milliseconds));

    private static readonly Gen<RoutingStep> GenTieredStep = GenStepOf(
    [
        (6, RoutingAct.Set), (6, RoutingAct.Get), (3, RoutingAct.Make), (1, RoutingAct.FailToMake), (2, RoutingAct.Delete), (2, RoutingAct.Expire), (1, RoutingAct.Invalidate), (1, RoutingAct.Sweep),
        (2, RoutingAct.Advance), (2, RoutingAct.Join), (1, RoutingAct.Leave), (2, RoutingAct.Kill), (1, RoutingAct.Freeze), (2, RoutingAct.Forget),
    ]);

    private static readonly Gen<RoutingStep> GenAwayStep = GenStepOf(
    [
        (6, RoutingAct.Set), (6, RoutingAct.Get), (3, RoutingAct.Make), (1, RoutingAct.FailToMake), (2, RoutingAct.Delete), (2, RoutingAct.Expire), (1, RoutingAct.Invalidate), (1, RoutingAct.Sweep),
        (2, RoutingAct.Advance), (2, RoutingAct.Join), (1, RoutingAct.Leave), (2, RoutingAct.Kill), (1, RoutingAct.Freeze), (2, RoutingAct.Forget),
        (2, RoutingAct.CutTier), (1, RoutingAct.CutOneFromTier), (3, RoutingAct.HealTier), (1, RoutingAct.RestartTier), (1, RoutingAct.DeliverLate),
    ]);

    [Fact]
    public Task CallAsync_WithATierWhileSilosComeAndGo_LosesNothingAndNeverGivesWhatWasReplaced() => PlayAsync(GenTieredStep);

    [Fact]
    public Task CallAsync_WithATierThatGoesAwayWhileSilosComeAndGo_NeverGivesWhatWasReplaced() => PlayAsync(GenAwayStep);

    [Fact]
    public async Task CallAsync_WhileSilosComeAndGo_NeverGivesWhatWasReplaced()
    {
        await GenStep.Array[1, 60].SampleAsync(async steps =>
        {
            var play = new RoutingPlay();
            foreach (var step in steps)
            {
                await play.DoAsync(step).WaitAsync(Hang);
            }

            await play.CheckAllAsync().WaitAsync(Hang);
        }, iter: 300);
    }

    private static Task PlayAsync(Gen<RoutingStep> step) => step.Array[1, 60].SampleAsync(
        async steps =>
        {
            var play = new RoutingPlay(isTiered: true);
            foreach (var next in steps)
            {
                await play.DoAsync(next).WaitAsync(Hang);
            }

            await play.CheckAllAsync().WaitAsync(Hang);
        },
        iter: 300);

    private static Gen<RoutingStep> GenStepOf((int Frequency, RoutingAct Act)[] acts) => Gen.Select(
        Gen.Frequency([.. acts.Select(act => (act.Frequency, (IGen<RoutingAct>)Gen.Const(act.Act)))]),
        Gen.Int[0, 100],
        Gen.Int[0, Keys - 1].Array[1, 12],
        Gen.Long[1, 5_000],
        (act, silo, keys, milliseconds) => new RoutingStep(act, silo, [.. keys.Select(key => $"key-{key}")], milliseconds));
}
