namespace Armature.Images;

public sealed class PlanStampTests
{
    [Fact]
    public void Of_EqualPlans_IsEqual() => PlanStamp.Of(Plan(200, 80)).ShouldBe(PlanStamp.Of(Plan(200, 80)));

    [Fact]
    public void Of_PlansThatLookDifferent_Differs()
    {
        var stamps = new[] { Plan(200, 80), Plan(201, 80), Plan(200, 81), Plan(200, 80).KeepOrientation() }.Select(PlanStamp.Of).ToList();

        stamps.Distinct().Count().ShouldBe(stamps.Count);
    }

    private static ImagePlan Plan(int width, int quality) => ImagePlan.Create().Variant("thumb", v => v.Resize(width).Jpeg(quality));
}
