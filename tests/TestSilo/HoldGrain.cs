using Orleans.Runtime;

namespace Armature.TestSilo;

internal sealed class HoldGrain(ILocalSiloDetails silo, TimeProvider timeProvider) : Grain, IHoldGrain
{
    public Task<string> GetSiloAsync() => Task.FromResult(silo.SiloAddress.ToParsableString());

    public Task HoldAsync(TimeSpan time) => Task.Delay(time, timeProvider);
}
