using Armature.Batching;
using Orleans.Runtime;

namespace Armature.TestSilo;

/// <summary>Waits a little and tells which silo it ran on.</summary>
public sealed class WhereAmI(ILocalSiloDetails silo, TimeProvider time) : IBatchHandler<int, string>
{
    public const string Name = "where-am-i";

    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(10);

    public async ValueTask<string> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(Work, time, cancellationToken);
        return silo.SiloAddress.ToParsableString();
    }
}
