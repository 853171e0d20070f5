using Armature.Hosting;
using Armature.Storage;

namespace Armature.Health;

/// <summary>Whether the record store, where it can tell, still has what was recorded.</summary>
internal sealed class RecordsInPlace(IRecordStore records) : IReadinessCondition
{
    public string? Problem => (records as IReadinessCondition)?.Problem;
}
