using Armature.Validation.Tables;

namespace Armature.Validation.Files;

public sealed class FileCountsTests
{
    private static readonly TableRule Known = new(0, "a", "known", "says so");

    [Fact]
    public void Add_RulesThatAreFound_ComeAfterTheKnownOnesAsTheyAreMet()
    {
        var counts = new FileCounts([Known]);

        counts.Add(Result([0, 2, 0, 1], new("b[1].c", "x", "first"), new("b[2].c", "x", "only told"), new("", "y", "of the row")));
        counts.Add(Result([1, 4, 3], new("", "y", "again"), new("b[7].c", "x", "again")));

        counts.ToReport().ShouldBe([new("a", "known", "says so", 1), new("b.c", "x", "first", 5), new(null, "y", "of the row", 5)]);
    }

    [Fact]
    public void Add_MoreRulesThanThereMayBe_IsRefused()
    {
        var counts = new FileCounts([Known]);
        FoundRule[] found = [.. Enumerable.Range(1, FileCounts.MostRules).Select(static i => new FoundRule("a", $"code{i}", ""))];

        counts.Add(Result([0, .. Enumerable.Repeat(1L, found.Length - 1)], found[1..]));

        Should.Throw<FileValidationException>(() => counts.Add(Result([0, 1], found[0]))).Code.ShouldBe("too_many_rules");
    }

    private static FileChunkResult Result(long[] counts, params FoundRule[] found) =>
        new() { Index = 0, Records = 0, BadRecords = 0, Lines = 0, Counts = counts, Found = found };
}
