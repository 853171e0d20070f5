using System.Collections.Immutable;
using Armature.Validation.Lookups;
using Orleans.Concurrency;

namespace Armature.Validation;

/// <summary>
/// One activation asks a lookup for a part of the values of one call, and remembers what it said. The key is the call's id, the
/// lookup's name and the number of the part, with <c>/</c> between them.
/// </summary>
[Alias("armature.validation.lookup`1")]
internal interface ILookupGrain<TValue> : IGrainWithStringKey
    where TValue : notnull
{
    /// <summary>Which of the values exist; null where that is not known after 5 seconds: then the question is put again.</summary>
    /// <exception cref="LookupNotFoundException">The lookup is not registered on this silo.</exception>
    [Alias("find"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task<LookupReply?> FindAsync(ImmutableArray<TValue> values, CancellationToken cancellationToken);
}
