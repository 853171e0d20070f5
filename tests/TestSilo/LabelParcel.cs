using Armature.Batching;

namespace Armature.TestSilo;

/// <summary>A handler that only the next version has. It tells the version that ran it.</summary>
public sealed class LabelParcel : IBatchHandler<int, int>
{
    public const string Name = "label-parcel";

    public ValueTask<int> HandleAsync(int item, BatchItemContext context, CancellationToken cancellationToken)
    {
#if NEXT
        return ValueTask.FromResult(2);
#else
        return ValueTask.FromResult(1);
#endif
    }
}
