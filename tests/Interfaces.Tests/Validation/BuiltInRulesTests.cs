using System.Text.RegularExpressions;

namespace Armature.Validation;

public sealed class BuiltInRulesTests
{
    private static readonly Dictionary<string, RuleSet<Order>> Texts = new()
    {
        ["not_empty"] = Text(f => f.NotEmpty()),
        ["min_length"] = Text(f => f.MinLength(3)),
        ["max_length"] = Text(f => f.MaxLength(3)),
        ["length"] = Text(f => f.Length(3)),
        ["email"] = Text(f => f.Email()),
        ["url"] = Text(f => f.Url()),
        ["uuid"] = Text(f => f.Uuid()),
        ["alpha"] = Text(f => f.Alpha()),
        ["alpha_numeric"] = Text(f => f.AlphaNumeric()),
        ["numeric"] = Text(f => f.Numeric()),
        ["pattern"] = Text(f => f.Matches("^[a-c]+$")),
        ["one_of"] = Text(f => f.OneOf("red", "green")),
        ["date"] = Text(f => f.Date()),
        ["time"] = Text(f => f.Time()),
        ["date_time"] = Text(f => f.DateTime()),
    };

    [Theory]
    [InlineData("not_empty", "a")]
    [InlineData("min_length", "abc")]
    [InlineData("max_length", "abc")]
    [InlineData("max_length", "")]
    [InlineData("length", "abc")]
    [InlineData("email", "a@b")]
    [InlineData("email", "first.last+tag@mail.example.com")]
    [InlineData("email", "!#$%&'*+/=?^_`{|}~-@x-1.example")]
    [InlineData("url", "http://example.com")]
    [InlineData("url", "https://user@example.com:8080/a?b=c#d")]
    [InlineData("uuid", "123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("uuid", "123E4567-E89B-12D3-A456-426614174000")]
    [InlineData("alpha", "Grüße")]
    [InlineData("alpha", "𐐷")]
    [InlineData("alpha_numeric", "abc123٣")]
    [InlineData("numeric", "12")]
    [InlineData("numeric", "-0.5")]
    [InlineData("numeric", "+7")]
    [InlineData("pattern", "abc")]
    [InlineData("one_of", "red")]
    [InlineData("date", "2024-02-29")]
    [InlineData("time", "23:59")]
    [InlineData("time", "00:00:00")]
    [InlineData("time", "12:30:05.1234567")]
    [InlineData("date_time", "2026-11-28T14:30:05Z")]
    [InlineData("date_time", "2026-11-28T14:30:05.25+01:00")]
    public void Validate_ValueOfTheForm_KeepsTheRule(string rule, string value) => Texts[rule].Validate(new(value)).Failures.ShouldBeEmpty();

    [Theory]
    [InlineData("not_empty", "")]
    [InlineData("not_empty", " \t")]
    [InlineData("min_length", "ab")]
    [InlineData("max_length", "abcd")]
    [InlineData("length", "ab")]
    [InlineData("length", "abcd")]
    [InlineData("email", "")]
    [InlineData("email", "a")]
    [InlineData("email", "@b")]
    [InlineData("email", "a@")]
    [InlineData("email", "a@b@c")]
    [InlineData("email", "a b@c")]
    [InlineData("email", "a@-b")]
    [InlineData("email", "a@b-")]
    [InlineData("email", "a@b..c")]
    [InlineData("email", "a@b.")]
    [InlineData("email", "ä@b")]
    [InlineData("url", "example.com")]
    [InlineData("url", "/path")]
    [InlineData("url", "ftp://example.com")]
    [InlineData("url", "javascript:alert(1)")]
    [InlineData("url", "http://")]
    [InlineData("uuid", "123e4567e89b12d3a456426614174000")]
    [InlineData("uuid", "{123e4567-e89b-12d3-a456-426614174000}")]
    [InlineData("alpha", "")]
    [InlineData("alpha", "a1")]
    [InlineData("alpha", "a b")]
    [InlineData("alpha_numeric", "a-1")]
    [InlineData("numeric", "")]
    [InlineData("numeric", "-")]
    [InlineData("numeric", ".5")]
    [InlineData("numeric", "5.")]
    [InlineData("numeric", "1e5")]
    [InlineData("numeric", " 1")]
    [InlineData("numeric", "1,000")]
    [InlineData("numeric", "٣")]
    [InlineData("pattern", "abd")]
    [InlineData("pattern", "")]
    [InlineData("one_of", "Red")]
    [InlineData("date", "2023-02-29")]
    [InlineData("date", "2023-2-9")]
    [InlineData("date", "2023-02-09 ")]
    [InlineData("time", "24:00")]
    [InlineData("time", "1:00")]
    [InlineData("time", "12:30:")]
    [InlineData("date_time", "2026-11-28")]
    [InlineData("date_time", "2026-11-28T14:30:05")]
    [InlineData("date_time", "2026-11-28 14:30:05Z")]
    [InlineData("date_time", "2026-11-28T14:30:60Z")]
    [InlineData("date_time", "Z")]
    public void Validate_AnotherValue_BreaksTheRule(string rule, string value) =>
        Texts[rule].Validate(new(value)).Failures.ShouldHaveSingleItem().Code.ShouldBe(rule);

    [Fact]
    public void Validate_LongestEmail_IsOne()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('b', 63), 3));
        var longest = new string('a', 254 - 1 - domain.Length) + "@" + domain;

        Texts["email"].Validate(new(longest)).IsValid.ShouldBeTrue();
        Texts["email"].Validate(new("a" + longest)).IsValid.ShouldBeFalse();
        Texts["email"].Validate(new("a@" + new string('b', 64))).IsValid.ShouldBeFalse();
    }

    [Theory]
    [InlineData(-1, "min", "range", "positive")]
    [InlineData(0, "min", "range", "positive")]
    [InlineData(1, "min", "range")]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6, "max", "range")]
    public void Validate_Numbers_ComparesThem(int amount, params string[] broken)
    {
        var rules = RuleSet.For<Order>().Field(order => order.Amount, f => f.Min(2).Max(5).InRange(2, 5).Positive());
        var optional = RuleSet.For<Optional>().Field(it => it.Number, f => f.Min(2).Max(5).InRange(2, 5).Positive());

        rules.Validate(new(Amount: amount)).Failures.Select(failure => failure.Code).ShouldBe(broken);
        optional.Validate(new(amount)).Failures.Select(failure => failure.Code).ShouldBe(broken);
        optional.Validate(new(null)).Failures.ShouldBeEmpty();
    }

    [Fact]
    public void Validate_Counts_LooksNoFurtherThanItMust()
    {
        var rules = RuleSet.For<Endless>().Field(it => it.Items, f => f.NotEmpty().MinCount(2).MaxCount(3));

        rules.Validate(new(Forever())).Failures.ShouldHaveSingleItem().Code.ShouldBe("max_length");
        rules.Validate(new([])).Failures.Select(failure => failure.Code).ShouldBe(["not_empty", "min_length"]);
        rules.Validate(new([1, 2])).Failures.ShouldBeEmpty();
        rules.Validate(new(null)).Failures.ShouldHaveSingleItem().Code.ShouldBe("not_empty");

        static IEnumerable<int> Forever()
        {
            while (true)
            {
                yield return 1;
            }
        }
    }

    [Fact]
    public void Matches_ExpressionThatLooksAround_HasATimeLimit()
    {
        var rules = Text(f => f.Matches("^(?=a)(a+)+$"));

        rules.Validate(new("aaa")).Failures.ShouldBeEmpty();
        rules.Validate(new(new string('a', 60) + "!")).Failures.ShouldHaveSingleItem().Exception.ShouldBe(typeof(RegexMatchTimeoutException).FullName);
    }

    [Fact]
    public void Matches_ExpressionThatDoesNot_IsSearchedInLinearTime() =>
        Text(f => f.Matches("^(a+)+$")).Validate(new(new string('a', 100_000) + "!")).Failures.ShouldHaveSingleItem().Exception.ShouldBeNull();

    [Fact]
    public void Matches_NoExpression_SaysSoAtOnce() => Should.Throw<ArgumentException>(() => Text(f => f.Matches("(")));

    private static RuleSet<Order> Text(Action<IFieldRules<Order, string?>> rules) => RuleSet.For<Order>().Field(order => order.Email, rules);

    private sealed record Optional(int? Number);

    private sealed record Endless(IEnumerable<int>? Items);
}
