using System.Globalization;
using CsCheck;

namespace Armature.Validation;

/// <summary>Rules that are compiled into one method say what the same rules say one by one.</summary>
public sealed class CompiledRulesTests
{
    private static readonly Gen<Action<IFieldRules<Order, string?>>> GenRule =
        from kind in Gen.Int[0, 8]
        from number in Gen.Int[0, 4]
        select Make(kind, number);

    private static readonly Gen<RuleSet<Order>> GenSet =
        from fields in Gen.Select(GenRule.Array[0, 5], Gen.Bool, Gen.Int[0, 3]).Array[0, 8]
        select fields.Aggregate(RuleSet.For<Order>(), (set, field) => Add(set, field.Item1, field.Item2, field.Item3));

    private static readonly Gen<Order> GenOrder =
        from texts in Gen.OneOf(Gen.Const((string?)null), Gen.String[Gen.Char['a', 'c'], 0, 4].Select(text => (string?)text)).Array[3]
        from amount in Gen.Int[0, 5]
        select new Order(texts[0], amount, texts[1], texts[2]);

    [Fact]
    public async Task Validate_AnyRulesOfFields_ReportsWhatTheyDoOneByOne()
    {
        await Gen.Select(GenSet, GenOrder).SampleAsync(async (rules, order) =>
        {
            var report = rules.Validate(order);

            var expected = await rules.ValidateAsync(order);
            report.IsValid.ShouldBe(expected.IsValid);
            report.Failures.ShouldBe(expected.Failures);
        });
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public async Task Validate_ManyRules_ReportsThemAll(int count)
    {
        var rules = Enumerable.Range(0, count).Aggregate(RuleSet.For<Order>(), (set, i) => set.Field(order => order.Amount, f => f.Must(amount => (amount + i) % 2 == 0, $"rule_{i}")));

        var report = rules.Validate(new(Amount: 1));

        report.Failures.Select(failure => failure.Code).ShouldBe(Enumerable.Range(0, (count + 1) / 2).Select(i => $"rule_{2 * i}"));
        report.Failures.ShouldBe((await rules.ValidateAsync(new(Amount: 1))).Failures);
    }

    [Fact]
    public void Validate_KeptRules_AllocatesNothing()
    {
        var rules = RuleSet.For<Order>().Field(order => order.Amount, f => f.InRange(1, 5)).Field(order => order.Email, f => f.NotEmpty());
        var order = new Order();
        rules.Validate(order);

        var before = GC.GetAllocatedBytesForCurrentThread();
        rules.Validate(order);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Validate_BrokenRules_AllocateOneReportUntilTheyAreRead()
    {
        var rules = RuleSet.For<Order>().Field(order => order.Amount, f => f.InRange(1, 5)).Field(order => order.Email, f => f.NotEmpty());
        var order = new Order("", 9);
        rules.Validate(order);

        var before = GC.GetAllocatedBytesForCurrentThread();
        rules.Validate(order).IsValid.ShouldBeFalse();

        // ShouldBeFalse allocates nothing; a report has less than 100 bytes.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeInRange(1, 100);
    }

    [Fact]
    public void Validate_LanguageChangesBeforeItIsRead_IsThatOfTheCheck()
    {
        var before = CultureInfo.CurrentUICulture;
        var rules = RuleSet.For<Item>().Field(item => item.Price, f => f.Max(0.5m));
        try
        {
            CultureInfo.CurrentUICulture = new(before.Name) { NumberFormat = { NumberDecimalSeparator = "," } };
            var report = rules.Validate(new("a", 1));
            CultureInfo.CurrentUICulture = before;

            report.Failures[0].Message.ShouldBe("price must be 0,5 or less.");
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Failures_FieldThatCannotBeReadAnyMore_HaveNoValue()
    {
        var fragile = new Fragile();
        var report = RuleSet.For<Fragile>().Field(it => it.Name, f => f.MinLength(5)).Validate(fragile);
        fragile.IsBroken = true;

        report.Failures.ShouldHaveSingleItem().Value.ShouldBeNull();
    }

    private static Action<IFieldRules<Order, string?>> Make(int kind, int number) => kind switch
    {
        0 => f => f.NotEmpty(),
        1 => f => f.MinLength(number),
        2 => f => f.Must(text => text?.Length != number, $"not_{number}").WithSeverity(ValidationSeverity.Warning),
        3 => f => f.Must((order, text) => text?.Length != order.Amount).WithMessage("{Field} of {Value}"),
        4 => f => f.Must(text => text?.Length == number ? throw new InvalidOperationException() : true, $"throws_{number}"),
        5 => f => f.When(order => order.Amount > number),
        6 => f => f.When(order => order.Amount == number ? throw new InvalidOperationException() : true),
        7 => f => f.Sensitive(),
        _ => f => f.OneOf("a", "ab", "abc"),
    };

    private static RuleSet<Order> Add(RuleSet<Order> set, Action<IFieldRules<Order, string?>>[] rules, bool stops, int place) => place switch
    {
        0 => set.Field(order => order.Email, AddAll(rules, stops)),
        1 => set.Field(order => order.Password, AddAll(rules, stops)),
        2 => set.Field(order => order.Repeated, AddAll(rules, stops)),
        _ => set.Self(f => f.Must(order => order.Amount != rules.Length)),
    };

    private static Action<IFieldRules<Order, string?>> AddAll(Action<IFieldRules<Order, string?>>[] rules, bool stops) => field =>
    {
        field.Cascade(stops ? ValidationCascade.Stop : ValidationCascade.Continue);
        Array.ForEach(rules, rule => rule(field));
    };

    private sealed class Fragile
    {
        public bool IsBroken { get; set; }

        public string Name => IsBroken ? throw new InvalidOperationException() : "abc";
    }
}
