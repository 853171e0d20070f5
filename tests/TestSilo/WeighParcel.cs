using Armature.Batching;

namespace Armature.TestSilo;

/// <summary>Waits a little and tells which version of it ran.</summary>
public sealed class WeighParcel(TimeProvider time) : IBatchHandler<Parcel, WeighedParcel>
{
    public const string Name = "weigh-parcel";

#if NEXT
    private const int Version = 2;
#else
    private const int Version = 1;
#endif

    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(50);

    public async ValueTask<WeighedParcel> HandleAsync(Parcel item, BatchItemContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(Work, time, cancellationToken);
        return new() { Number = item.Number, Version = Version };
    }
}
