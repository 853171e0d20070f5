using Armature;
using Armature.Batching;

namespace Examples.Batching;

/// <summary>What a cancelled batch leaves.</summary>
[Collection(HostedExamples.Name)]
public sealed class CancelExample(ExampleHost host)
{
    [Fact]
    public async Task CancelAsync_WhileAnItemRuns_StopsItAndKeepsWhatIsDone()
    {
        var library = host.Services.GetRequiredService<Library>();
        BatchHandle<WordCount> batch = await host.Client.Batches.SubmitAsync<string, WordCount>("count-words", ["Haiku", Library.EndlessBook]);
        await library.EndlessBookOpened;
        await FirstResultAsync(batch);

        await batch.CancelAsync();

        BatchResult<WordCount> counts = await batch.GetResultAsync();
        counts.State.ShouldBe(BatchState.Cancelled);
        counts[0].Value.Words.ShouldBe(4);
        counts[1].Error!.Code.ShouldBe(ItemErrorCodes.Cancelled);
        await library.EndlessBookClosed; // The token that the handler was given has reached it.
    }

    private static async Task FirstResultAsync(BatchHandle<WordCount> batch)
    {
        await foreach (var _ in batch.ResultsAsync())
        {
            return;
        }
    }
}
