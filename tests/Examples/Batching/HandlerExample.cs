using Armature;
using Armature.Batching;

namespace Examples.Batching;

/// <summary>Handlers of one's own, and what a caller gets from them.</summary>
[Collection(HostedExamples.Name)]
public sealed class HandlerExample(ExampleHost host)
{
    private BatchClient Batches => host.Client.Batches;

    [Fact]
    public async Task RunAsync_HandlerThatAwaits_GivesResultsInOrder()
    {
        string[] titles = ["Proverb", "Haiku", "Proverb"];

        BatchResult<WordCount> counts = await Batches.RunAsync<string, WordCount>("count-words", titles);

        counts.State.ShouldBe(BatchState.Completed);
        counts.Select(item => item.Value).ShouldBe([new(5, 22), new(4, 15), new(5, 22)]);
    }

    [Fact]
    public async Task RunAsync_HandlerThatComputes_UsesDedicatedThreads()
    {
        string[] items = [.. Enumerable.Range(0, 50).Select(number => $"{number}")];

        BatchResult<string> prints = await Batches.RunAsync<string, string>("fingerprint", items);

        prints.Count.ShouldBe(items.Length);
        prints.Select(item => item.Value).Distinct().Count().ShouldBe(items.Length);
    }

    [Fact]
    public async Task RunAsync_BadItem_IsAnErrorInItsPlace()
    {
        BatchResult<WordCount> counts = await Batches.RunAsync<string, WordCount>("count-words", ["Haiku", "Nothing", "Proverb"]);

        (counts.Succeeded, counts.Failed).ShouldBe((2, 1));
        counts[1].IsSuccess.ShouldBeFalse();
        counts[1].Error.ShouldBe(new ItemError("unknown_title", "The library has no 'Nothing'.", Attempts: 1));
    }

    [Fact]
    public async Task RunAsync_HandlerThatThrows_IsTriedAgain()
    {
        // An item n fails n times.
        BatchResult<int> attempts = await Batches.RunAsync<int, int>("unreliable", [0, 1, 2, 3], new() { MaxAttempts = 3 });

        attempts.Take(3).Select(item => item.Value).ShouldBe([1, 2, 3]);
        attempts[3].Error!.Code.ShouldBe(ItemErrorCodes.HandlerFailed);
        attempts[3].Error!.Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task RunAsync_UnknownHandler_SaysWhichThereAre()
    {
        var exception = await Should.ThrowAsync<BatchHandlerException>(() => Batches.RunAsync<string, WordCount>("count-wrods", ["Haiku"]));

        exception.Handler.ShouldBe("count-wrods");
        exception.Message.ShouldContain("count-words");
    }
}
