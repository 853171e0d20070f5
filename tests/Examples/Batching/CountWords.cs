using Armature.Batching;

namespace Examples.Batching;

/// <summary>Work that awaits: many items at a time, on every silo.</summary>
public sealed class CountWords(ILibrary library) : IBatchHandler<string, WordCount>
{
    public async ValueTask<WordCount> HandleAsync(string item, BatchItemContext context, CancellationToken cancellationToken)
    {
        var text = await library.ReadAsync(item, cancellationToken)
            ?? throw new BatchItemException("unknown_title", $"The library has no '{item}'.");

        return new(text.Split(' ').Length, text.Count(char.IsLetter));
    }
}
