using Armature.CommandLine;
using Armature.Testing;
using CsCheck;

namespace Armature.FileSystem;

public sealed class OutputPlanTests : IDisposable
{
    private static readonly OutputFormat Jpeg = new("thumb", [".jpg", ".jpeg"]);
    private static readonly OutputFormat WebP = new("large", [".webp"]);

    private static readonly string[] Names = ["a", "A", "a.jpg", "a.JPG", "a.png", "a.png.jpg", "b/a", "b", "b.jpg/c", "c[n=-1]"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Create_OneVariant_KeepsTheRelativePath() =>
        Plan([Jpeg], "a.jpg", "trip/b.png").Files.Select(file => file.Outputs).ShouldBe([["a.jpg"], [Path.Combine("trip", "b.png.jpg")]]);

    [Fact]
    public void Create_SeveralVariants_HaveAFolderEach() =>
        Plan([Jpeg, WebP], "trip/b.png").Files.ShouldHaveSingleItem().Outputs.ShouldBe([Path.Combine("thumb", "trip", "b.png.jpg"), Path.Combine("large", "trip", "b.png.webp")]);

    [Fact]
    public void Create_SameRelativePathUnderTwoInputs_IsBadUsage()
    {
        SourceFile[] sources = [new("one/a.jpg", "a.jpg"), new("two/a.jpg", "a.jpg"), new("two/b.jpg", "b.jpg")];

        var refused = Should.Throw<UsageException>(() => OutputPlan.Create(sources, _folder.Path, [Jpeg]));

        refused.Message.ShouldContain("'one/a.jpg' and 'two/a.jpg'");
        refused.Message.ShouldNotContain("b.jpg");
    }

    [Theory]
    [InlineData("a.png", "a.png.jpg")]
    [InlineData("a.jpg", "A.jpg")]
    [InlineData("trip/a.jpg", "Trip/A.JPG")]
    [InlineData("x", "x.jpg/a.jpg")]
    public void Create_OutputsThatCollide_FailAndTheOthersStay(string one, string other)
    {
        var plan = Plan([Jpeg], one, other, "good.jpg");

        plan.Files.ShouldHaveSingleItem().Source.RelativePath.ShouldBe("good.jpg");
        plan.Failed.Select(failed => failed.Path).ShouldBe([Path.Combine("in", one), Path.Combine("in", other)], ignoreOrder: true);
        plan.Failed.ShouldAllBe(failed => failed.Error.Code == "output_conflict");
    }

    [Fact]
    public void Create_CollisionInOneVariantOnly_FailsTheFile() =>
        Plan([Jpeg, WebP], "a.png", "a.png.jpg").Failed.Count.ShouldBe(2);

    [Fact]
    public void Create_OutputThatIsAnInput_IsBadUsage()
    {
        var input = _folder.Write("photos/photos/a.jpg");

        var refused = Should.Throw<UsageException>(() => OutputPlan.Create([new SourceFile(input, "photos/a.jpg")], _folder.File("photos"), [Jpeg]));

        refused.Message.ShouldContain("would replace an input");
    }

    [Fact]
    public void Create_OutputThatIsAnInputBehindALink_IsBadUsage()
    {
        var input = _folder.Write("photos/a.jpg");
        Directory.CreateDirectory(_folder.File("out"));
        Directory.CreateSymbolicLink(_folder.File("out/trip"), _folder.File("photos"));

        Should.Throw<UsageException>(() => OutputPlan.Create([new SourceFile(input, "trip/a.jpg")], _folder.File("out"), [Jpeg]));
    }

    [Fact]
    public void Create_AnyNames_NoTwoFilesShareAnOutput() =>
        Gen.Shuffle(Names, 0, Names.Length)
            .Sample(names =>
            {
                var plan = Plan([Jpeg, WebP], names);

                var outputs = plan.Files.SelectMany(file => file.Outputs).ToList();
                outputs.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(outputs.Count);
                (plan.Files.Count + plan.Failed.Count).ShouldBe(names.Length);
            });

    private OutputPlan Plan(OutputFormat[] formats, params string[] relativePaths) =>
        OutputPlan.Create([.. relativePaths.Select(path => new SourceFile(Path.Combine("in", path), path))], _folder.Path, formats);

    public void Dispose() => _folder.Dispose();
}
