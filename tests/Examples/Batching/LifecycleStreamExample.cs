using Armature.Batching;
using Armature.Testing;

namespace Examples.Batching;

/// <summary>A grain that hears of every batch of the cluster.</summary>
[Collection(HostedExamples.Name)]
public sealed class LifecycleStreamExample(ExampleHost host)
{
    [Fact]
    public async Task Subscriber_OfABatch_HearsItsBeginningAndItsEnd()
    {
        BatchResult<WordCount> counts = await host.Client.Batches.RunAsync<string, WordCount>("count-words", ["Haiku"]);
        var journal = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IBatchJournalGrain>(counts.BatchId);

        await Eventually.BecomesTrueAsync(
            async () => (await journal.ReadAsync(CancellationToken.None)).Length == 2,
            "the journal has both events");

        (await journal.ReadAsync(CancellationToken.None)).ShouldBe([BatchEventKind.Started, BatchEventKind.Completed], ignoreOrder: true);
    }
}
