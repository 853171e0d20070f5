namespace Armature.Validation;

/// <summary>
/// Checks records on a silo: rules in code, or what checks them otherwise. Registered by name with <c>AddRecordValidator</c>. One instance
/// serves a whole silo, many calls at once: it must be thread-safe.
/// </summary>
/// <typeparam name="T">The records. Written by the Orleans serializer.</typeparam>
public interface IRecordValidator<T>
{
    /// <summary>Checks records. It is called on a dedicated thread of the silo, and may await.</summary>
    /// <param name="records">The records; none is null.</param>
    /// <param name="context">The batch they belong to, and the language of messages.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>For each record, in their order, its report.</returns>
    ValueTask<IReadOnlyList<ValidationReport>> ValidateAsync(IReadOnlyList<T> records, RecordContext context, CancellationToken cancellationToken);
}
