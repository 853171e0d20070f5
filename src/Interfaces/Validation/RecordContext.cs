using System.Globalization;

namespace Armature.Validation;

/// <summary>What a validator is told about the records at hand.</summary>
/// <param name="BatchId">The id of their batch.</param>
/// <param name="Run">The call that they belong to; the same for all its records.</param>
/// <param name="Culture">The language of messages: that of the caller, or the invariant one where this silo does not know it.</param>
public sealed record RecordContext(string BatchId, Guid Run, CultureInfo Culture);
