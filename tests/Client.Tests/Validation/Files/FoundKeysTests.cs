using CsCheck;

namespace Armature.Validation.Files;

/// <summary>Keys that were found by partition come back in the order of the file, whether they were held or spilled.</summary>
public sealed class FoundKeysTests
{
    [Fact]
    public Task InOrder_AnyRunsHeldOrSpilled_GivesAllInOrder() => Gen.Select(Gen.ULong[0, 5_000].HashSet[0, 3_000], Gen.Int[1, 5], Gen.Int[0, 2_000]).SampleAsync(
        static async (positions, runs, maxHeldPairs) =>
        {
            await using var found = new FoundKeys(maxHeldPairs);
            foreach (var run in positions.GroupBy(position => position % (ulong)runs))
            {
                found.Add([.. run.Order().SelectMany(static position => new[] { position, position / 2 })]);
            }

            found.Count.ShouldBe(positions.Count);
            found.InOrder().ShouldBe(positions.Order().Select(static position => (position, position / 2)));
            found.InOrder().Take(3).ShouldBe(positions.Order().Take(3).Select(static position => (position, position / 2)));
        },
        iter: 60);
}
