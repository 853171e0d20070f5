using Armature.Terminal;
using Armature.Validation.Files;

namespace Armature.Validation;

public sealed class FileProgressViewTests
{
    [Theory]
    [InlineData(FileStep.Rows, 52_428_800L, 167_000_000L, 310_000, 12, "52.4 of 167.0 MB, 310,000 rows, 12 bad")]
    [InlineData(FileStep.Rows, 52_428_800L, null, 310_000, 0, "52.4 MB, 310,000 rows, 0 bad")]
    [InlineData(FileStep.References, 1L, null, 0, 0, "reading the files it refers to")]
    [InlineData(FileStep.Keys, 12L, 256L, 0, 0, "comparing keys, 12 of 256 parts")]
    [InlineData(FileStep.Writing, 100_000_000_000L, 200_000_000_000L, 0, 0, "writing, 100,000.0 of 200,000.0 MB")]
    public void Report_AnyStep_SaysHowFarItIs(FileStep step, long bytes, long? total, long rows, long bad, string text)
    {
        var shown = new Shown();

        new FileProgressView(shown).Report(new FileProgress(step, bytes, total, rows, bad));

        shown.Last!.Text.ShouldBe(text);
        shown.Last.IsTotalKnown.ShouldBe(total is not null);
        shown.Last.Done.ShouldBeLessThanOrEqualTo(shown.Last.Total);
    }

    private sealed class Shown : IProgress<ProgressSnapshot>
    {
        public ProgressSnapshot? Last { get; private set; }

        public void Report(ProgressSnapshot value) => Last = value;
    }
}
