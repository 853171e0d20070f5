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
}
