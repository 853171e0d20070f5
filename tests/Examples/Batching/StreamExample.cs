using Armature.Batching;

namespace Examples.Batching;

/// <summary>Items that are still being made, results as they are done.</summary>
[Collection(HostedExamples.Name)]
public sealed class StreamExample(ExampleHost host)
{
    private BatchClient Batches => host.Client.Batches;

    [Fact]
    public async Task StreamAsync_ItemsThatAreStillBeingMade_GivesResultsMeanwhile()
    {
        var words = new Dictionary<int, int>();

        await foreach (BatchItem<WordCount> done in Batches.StreamAsync<string, WordCount>("count-words", TitlesAsync()))
        {
            words.Add(done.Index, done.Value.Words); // In the order of their completion; the index tells whose result it is.
        }

        words.OrderBy(entry => entry.Key).Select(entry => entry.Value).ShouldBe([4, 5, 4, 5]);
    }

    [Fact]
    public async Task SubmitAsync_ItemsThatAreStillBeingMade_ReturnsWhenTheLastWasTaken()
    {
        BatchHandle<WordCount> batch = await Batches.SubmitAsync<string, WordCount>("count-words", TitlesAsync());

        (await batch.GetStatusAsync()).IsSealed.ShouldBeTrue();
        (await batch.GetResultAsync()).Succeeded.ShouldBe(4);
    }

    private static async IAsyncEnumerable<string> TitlesAsync()
    {
        foreach (var title in (string[])["Haiku", "Proverb", "Haiku", "Proverb"])
        {
            await Task.Yield();
            yield return title;
        }
    }
}
