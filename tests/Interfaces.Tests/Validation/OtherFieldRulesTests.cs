namespace Armature.Validation;

public sealed class OtherFieldRulesTests
{
    private static readonly RuleSet<Booking> Dates = RuleSet.For<Booking>()
        .Field(b => b.End, f => f.GreaterThan(b => b.Start).GreaterThanOrEqualTo(b => b.Start).LessThan(b => b.Start).LessThanOrEqualTo(b => b.Start).EqualTo(b => b.Start).NotEqualTo(b => b.Start));

    private static readonly RuleSet<Booking> Optional = RuleSet.For<Booking>()
        .Field(b => b.Last, f => f.GreaterThan(b => b.First).GreaterThanOrEqualTo(b => b.First).LessThan(b => b.First).LessThanOrEqualTo(b => b.First).NotEqualTo(b => b.First));

    [Theory]
    [InlineData(1, 2, "less_than less_than_or_equal_to equal_to")]
    [InlineData(2, 2, "greater_than less_than not_equal_to")]
    [InlineData(3, 2, "greater_than greater_than_or_equal_to equal_to")]
    public void Validate_TwoFields_ComparesThem(int start, int end, string broken) =>
        Codes(Dates, new(new(2026, 1, start), new(2026, 1, end))).ShouldBe(broken);

    [Theory]
    [InlineData(1, 2, "less_than less_than_or_equal_to")]
    [InlineData(2, 2, "greater_than less_than not_equal_to")]
    [InlineData(3, 2, "greater_than greater_than_or_equal_to")]
    [InlineData(null, 2, "")]
    [InlineData(2, null, "")]
    [InlineData(null, null, "")]
    public void Validate_FieldsThatMayBeMissing_ComparesThoseThatAreGiven(int? first, int? last, string broken) =>
        Codes(Optional, new(default, default, first, last)).ShouldBe(broken);

    [Fact]
    public void Validate_OtherField_IsNamedInTheMessage() => RuleSet.For<Booking>().Field(b => b.End, f => f.GreaterThan(b => b.Start))
        .Validate(new(default, default)).Failures.ShouldHaveSingleItem().Message.ShouldBe("end must be more than start.");

    private static string Codes(RuleSet<Booking> rules, Booking booking) => string.Join(' ', rules.Validate(booking).Failures.Select(failure => failure.Code));

    private sealed record Booking(DateOnly Start, DateOnly End, int? First = null, int? Last = null);
}
