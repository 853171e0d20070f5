using System.Collections.Immutable;
using Armature.Batching;

namespace Examples.Batching;

/// <summary>One activation is the journal of one batch. The key is the batch id.</summary>
[Alias("examples.batch-journal")]
public interface IBatchJournalGrain : IGrainWithStringKey
{
    [Alias("read")]
    Task<ImmutableArray<BatchEventKind>> ReadAsync(CancellationToken cancellationToken);
}
