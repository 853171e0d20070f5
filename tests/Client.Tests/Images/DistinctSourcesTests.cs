using Armature.Batching;
using CsCheck;

namespace Armature.Images;

public sealed class DistinctSourcesTests
{
    [Fact]
    public void Spread_RandomRepetitions_GivesEverySourceItsResult() => Gen.Int[0, 5].Array[0, 30].Sample(numbers =>
    {
        var distinct = new DistinctSources([.. numbers.Select(Source)]);
        var result = distinct.Spread(new("batch", BatchState.Completed, [.. distinct.Sources.Select(Process)]));

        return distinct.Sources.Count == numbers.Distinct().Count()
            && result.Select(item => item.Index).SequenceEqual(Enumerable.Range(0, numbers.Length))
            && result.Select(Describe).SequenceEqual(numbers.Select(number => number == 3 ? "error" : $"{number}"));
    });

    private static ImageSource Source(int number) =>
        number == 0 ? ImageSource.FromBlob("photos/0") : ImageSource.FromBytes([(byte)number, 7]);

    private static BatchItem<ImageResult> Process(ImageSource source, int index)
    {
        var number = source.Bytes?[0] ?? 0;
        return number == 3
            ? new(index, new ItemError(ImageErrorCodes.DecodeFailed, "Damaged."))
            : new(index, new ImageResult([new($"{number}", ImageFormat.Png, 1, 1, 1, [])]));
    }

    private static string Describe(BatchItem<ImageResult> item) => item.IsSuccess ? item.Value.Outputs[0].Variant : "error";
}
