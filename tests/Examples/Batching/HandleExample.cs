using Armature.Batching;

namespace Examples.Batching;

/// <summary>A batch that goes on by itself, and the handle to it.</summary>
[Collection(HostedExamples.Name)]
public sealed class HandleExample(ExampleHost host)
{
    private static readonly string[] Titles = ["Haiku", "Proverb", "Haiku"];

    private BatchClient Batches => host.Client.Batches;

    [Fact]
    public async Task GetHandle_FromAnId_ReadsTheSameBatch()
    {
        string id = (await Batches.SubmitAsync<string, WordCount>("count-words", Titles)).Id;

        // Later, in another process perhaps: the id is all that is needed.
        BatchHandle<WordCount> batch = Batches.GetHandle<WordCount>(id);
        BatchResult<WordCount> counts = await batch.GetResultAsync();

        counts.BatchId.ShouldBe(id);
        counts.Select(item => item.Value.Words).ShouldBe([4, 5, 4]);
    }

    [Fact]
    public async Task ResultsAsync_OfASubmittedBatch_GivesEveryItemOnce()
    {
        BatchHandle<WordCount> batch = await Batches.SubmitAsync<string, WordCount>("count-words", Titles);

        var indices = new List<int>();
        await foreach (BatchItem<WordCount> done in batch.ResultsAsync())
        {
            indices.Add(done.Index);
        }

        indices.ShouldBe([0, 1, 2], ignoreOrder: true);
    }

    [Fact]
    public async Task SubmitAsync_SameIdAgain_JoinsTheBatch()
    {
        var options = new BatchOptions { Id = $"nightly-{Guid.NewGuid():N}", ItemTimeout = TimeSpan.FromMinutes(1) };

        await Batches.SubmitAsync<string, WordCount>("count-words", Titles, options);
        BatchHandle<WordCount> again = await Batches.SubmitAsync<string, WordCount>("count-words", Titles, options);

        (await again.GetResultAsync()).Count.ShouldBe(3);
        (await again.GetStatusAsync()).Total.ShouldBe(3);
    }

    [Fact]
    public async Task WatchAsync_FromASequence_GoesOnThere()
    {
        BatchHandle<WordCount> batch = await Batches.SubmitAsync<string, WordCount>("count-words", Titles);

        List<BatchEvent> events = await batch.WatchAsync().ToListAsync();
        List<BatchEvent> rest = await batch.WatchAsync(fromSequence: events[0].Sequence + 1).ToListAsync();

        events[0].Kind.ShouldBe(BatchEventKind.Started);
        events[^1].Kind.ShouldBe(BatchEventKind.Completed);
        events[^1].Status.Succeeded.ShouldBe(3);
        rest.Select(batchEvent => batchEvent.Sequence).ShouldBe(events.Skip(1).Select(batchEvent => batchEvent.Sequence));
    }

    [Fact]
    public async Task ListAsync_AfterASubmit_HasTheBatch()
    {
        BatchHandle<WordCount> batch = await Batches.SubmitAsync<string, WordCount>("count-words", Titles);

        IReadOnlyList<BatchStatus> batches = await Batches.ListAsync();

        batches.ShouldContain(status => status.Id == batch.Id && status.Handler == "count-words");
    }

    [Fact]
    public async Task GetStatusAsync_UnknownId_SaysSo()
    {
        var exception = await Should.ThrowAsync<BatchNotFoundException>(() => Batches.GetHandle<WordCount>("never-submitted").GetStatusAsync());

        exception.BatchId.ShouldBe("never-submitted");
    }
}
