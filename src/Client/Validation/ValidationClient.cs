using Armature.Batching;

namespace Armature.Validation;

/// <summary>Checks many records, on every core of every silo. Thread-safe.</summary>
public sealed partial class ValidationClient
{
    private readonly BatchClient _batches;

    /// <summary>Creates the client; done by the container.</summary>
    public ValidationClient(BatchClient batches) => _batches = batches;
}
