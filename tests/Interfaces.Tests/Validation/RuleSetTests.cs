using System.Globalization;

namespace Armature.Validation;

public sealed class RuleSetTests
{
    private static readonly RuleSet<Item> Items = RuleSet.For<Item>().Field(item => item.Name, f => f.NotEmpty()).Field(item => item.Price, f => f.Positive());

    [Theory]
    [InlineData("", 1, "length_range not_equal must")]
    [InlineData("abc", 1, "must")]
    [InlineData("abcd", 1, "length_range must")]
    [InlineData("abcd", 9, "")]
    [InlineData(null, 1, "must")]
    public async Task ValidateAsync_LengthNotEqualUnlessAndValueTask_AreChecked(string? email, int amount, string broken)
    {
        var rules = RuleSet.For<Order>()
            .Field(order => order.Email, f => f.Unless(order => order.Amount == 9).Length(1, 3).NotEqual(""))
            .Unless(order => order.Amount == 9, some => some.Field(order => order.Email, f => f.MustAsync(NeverAsync)));

        (await rules.ValidateAsync(new(email, amount))).Failures.Select(failure => failure.Code).ShouldBe(broken.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        static ValueTask<bool> NeverAsync(string? email, CancellationToken cancellationToken) => new(false);
    }

    [Fact]
    public void Length_MostIsLessThanLeast_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => RuleSet.For<Order>().Field(order => order.Email, f => f.Length(3, 2)));

    [Fact]
    public void Validate_AllRulesKept_IsClean()
    {
        var report = RuleSet.For<Order>().Field(order => order.Email, f => f.NotEmpty().Email()).Validate(new());

        report.IsValid.ShouldBeTrue();
        report.Failures.ShouldBeEmpty();
    }

    [Fact]
    public void Validate_RulesBroken_SaysEachInOrder()
    {
        var rules = RuleSet.For<Order>()
            .Field(order => order.Amount, f => f.InRange(2, 9).Min(3))
            .Field(order => order.Email, f => f.Email().MaxLength(3));

        var report = rules.Validate(new("nobody"));

        report.IsValid.ShouldBeFalse();
        report.Failures.Select(failure => (failure.Path, failure.Code, failure.Value)).ShouldBe(
            [("amount", "range", "1"), ("amount", "min", "1"), ("email", "email", "nobody"), ("email", "max_length", "nobody")]);
        report.Failures[0].Message.ShouldBe("amount must be from 2 to 9.");
        report.ToErrors()["amount"].ShouldBe(["amount must be from 2 to 9.", "amount must be 3 or more."]);
    }

    [Fact]
    public void Validate_NoValue_BreaksOnlyRulesThatAskForOne()
    {
        var rules = RuleSet.For<Order>()
            .Field(order => order.Email, f => f.Email().MinLength(3).Matches("x").OneOf("a", "b").ReadAs<int>())
            .Field(order => order.Password, f => f.NotEmpty())
            .Field(order => order.Repeated, f => f.Required());

        CodesOf(rules.Validate(new(null))).ShouldBe(["password:not_empty", "repeated:required"]);
    }

    [Fact]
    public void Validate_CascadeStops_LeavesTheOthersOfTheFieldOut()
    {
        var rules = RuleSet.For<Order>()
            .Field(order => order.Email, f => f.Cascade(ValidationCascade.Stop).MinLength(1).Email().MaxLength(3))
            .Field(order => order.Amount, f => f.Min(2));

        CodesOf(rules.Validate(new("nobody"))).ShouldBe(["email:email", "amount:min"]);
    }

    [Fact]
    public void Validate_RuleThrows_IsThatRulesFailure()
    {
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.Must(_ => throw new InvalidOperationException("secret"), "known_domain").MaxLength(3));

        var report = rules.Validate(new("nobody"));

        CodesOf(report).ShouldBe(["email:known_domain", "email:max_length"]);
        report.Failures[0].Message.ShouldBe("The rule known_domain could not be checked: InvalidOperationException.");
        report.Failures[0].Exception.ShouldBe("System.InvalidOperationException");
    }

    [Fact]
    public void Validate_ConditionThrows_IsAFailureOfTheField()
    {
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.Email().When(_ => throw new InvalidOperationException()));

        CodesOf(rules.Validate(new("nobody"))).ShouldBe(["email:condition"]);
    }

    [Fact]
    public void Validate_FieldCannotBeRead_IsAFailureOfTheField()
    {
        var rules = RuleSet.For<Broken>().Field(broken => broken.Name, f => f.Required());

        CodesOf(rules.Validate(new())).ShouldBe(["name:condition"]);
    }

    [Fact]
    public void Validate_Conditions_ChooseTheRulesThatAreMeant()
    {
        var rules = RuleSet.For<Order>()
            .Field(order => order.Email, f => f.Email().When(order => order.Amount > 5))
            .When(order => order.Amount > 5, some => some.Field(order => order.Password, f => f.Required()));

        CodesOf(rules.Validate(new("nobody", 1))).ShouldBeEmpty();
        CodesOf(rules.Validate(new("nobody", 6))).ShouldBe(["email:email", "password:required"]);
    }

    [Fact]
    public void Validate_ObjectsAndCollections_SaysTheirPaths()
    {
        var rules = RuleSet.For<Order>()
            .Nested(order => order.Address, RuleSet.For<Address>().Field(address => address.City, f => f.NotEmpty()).Each(address => address.Items, Items!))
            .Each(order => order.Items, Items!)
            .Each(order => order.Tags, f => f.MinLength(2));

        var report = rules.Validate(new()
        {
            Address = new("", [new("a", 0)]),
            Items = [new("a", 1), null, new("", -1)],
            Tags = ["ab", "c"],
        });

        CodesOf(report).ShouldBe(["address.city:not_empty", "address.items[0].price:positive", "items[2].name:not_empty", "items[2].price:positive", "tags[1]:min_length"]);
    }

    [Fact]
    public async Task ValidateAsync_ATypeThatContainsItself_GoesAsDeepAsIsAllowed()
    {
        RuleSet<Order> rules = null!;
        rules = RuleSet.For<Order>().Field(order => order.Amount, f => f.Min(2)).Nested(order => order.Previous, () => rules);
        var order = new Order();
        for (var i = 0; i < 100; i++)
        {
            order = new() { Previous = order };
        }

        var report = await rules.ValidateAsync(order);

        report.Failures.Length.ShouldBe(ValidationLimits.MaxDepth + 2);
        report.Failures[1].Path.ShouldBe("previous.amount");
        report.Failures[^1].Code.ShouldBe(ValidationCodes.TooDeep);
    }

    [Fact]
    public void Validate_AnotherField_IsCompared()
    {
        var rules = RuleSet.For<Order>().Field(order => order.Repeated, f => f.EqualTo(order => order.Password)).Self(f => f.Must(order => order.Amount > 1, "too_few"));

        var report = rules.Validate(new(Password: "a", Repeated: "b"));

        CodesOf(report).ShouldBe(["repeated:equal_to", ":too_few"]);
        report.Failures[0].Message.ShouldBe("repeated must be the same as password.");
    }

    [Fact]
    public void Validate_ReadAs_ChecksWhatWasRead()
    {
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.ReadAs<int>(number => number.InRange(18, 130)).MaxLength(2));

        CodesOf(rules.Validate(new("42"))).ShouldBeEmpty();
        CodesOf(rules.Validate(new("7"))).ShouldBe(["email:range"]);
        CodesOf(rules.Validate(new("x"))).ShouldBe(["email:unreadable"]);
        CodesOf(rules.Validate(new("700"))).ShouldBe(["email:range", "email:max_length"]);
        rules.Validate(new("x")).Failures[0].Message.ShouldBe("email cannot be read as a whole number.");
    }

    [Fact]
    public void Validate_ReadAs_CallsTypesByTheirWords()
    {
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.ReadAs<decimal>().ReadAs<DateOnly>().ReadAs<Guid>().ReadAs<bool>().ReadAs<DateTimeOffset>().ReadAs<System.Net.IPAddress>());

        rules.Validate(new("x")).Failures.Select(failure => failure.Message[(failure.Message.IndexOf(" as ", StringComparison.Ordinal) + 4)..]).ShouldBe(
            ["a number.", "a date.", "a UUID.", "true or false.", "a date and time.", "IPAddress."]);
    }

    [Fact]
    public void Validate_Collection_ShowsNoValue() =>
        RuleSet.For<Order>().Field(order => order.Tags, f => f.MinCount(2)).Validate(new() { Tags = ["a"] }).Failures.ShouldHaveSingleItem().Value.ShouldBeNull();

    [Fact]
    public void Validate_SensitiveField_ShowsNoValue()
    {
        var rules = RuleSet.For<Order>().Field(order => order.Password, f => f.MinLength(8).WithMessage("{Field}: {Value}").ReadAs<int>(number => number.Min(5)).Sensitive());

        foreach (var password in new[] { "hunter2", "2" })
        {
            rules.Validate(new(Password: password)).Failures.ShouldAllBe(failure => failure.Value == null && !failure.Message.Contains(password));
        }
    }

    [Fact]
    public void Validate_Named_IsCalledSo()
    {
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.Email().ReadAs<int>().Named("e-mail"));

        CodesOf(rules.Validate(new("nobody"))).ShouldBe(["e-mail:email", "e-mail:unreadable"]);
    }

    [Fact]
    public void Validate_Severity_LeavesTheObjectValid()
    {
        var report = RuleSet.For<Order>().Field(order => order.Email, f => f.MaxLength(3).WithSeverity(ValidationSeverity.Warning).WithCode("long")).Validate(new());

        report.IsValid.ShouldBeTrue();
        report.Failures.ShouldHaveSingleItem().Code.ShouldBe("long");
        report.ToErrors().ShouldBeEmpty();
    }

    [Fact]
    public void Validate_Messages_AreInTheLanguageThatIsAskedFor()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        var settings = new ValidationSettings { Culture = german, Messages = (code, culture) => code == "min" && culture == german ? "{Field}: mindestens {Min}" : null };
        var rules = RuleSet.For<Item>()
            .Field(item => item.Price, f => f.Min(1.5m).Max(-1).WithMessage(culture => $"{1.5m.ToString(culture)} {{Max}} {{Unknown}}"))
            .Field(item => item.Name, f => f.Required());

        var report = rules.Validate(new(null, 1), settings);

        report.Failures.Select(failure => failure.Message).ShouldBe(["price: mindestens 1,5", "1,5 -1 {Unknown}", "name is missing."]);
    }

    [Fact]
    public void Validate_LongValue_IsCutBetweenCharacters()
    {
        var value = new string('a', ValidationLimits.MaxValueLength - 1) + "😀😀";

        RuleSet.For<Order>().Field(order => order.Email, f => f.Email()).Validate(new(value)).Failures[0].Value.ShouldBe(new('a', ValidationLimits.MaxValueLength - 1));
    }

    [Fact]
    public void Field_SomethingDeeper_SaysWhatToUse()
    {
        var thrown = Should.Throw<ArgumentException>(() => RuleSet.For<Order>().Field(order => order.Address!.City, f => f.NotEmpty()));

        thrown.Message.ShouldContain("for an object within it use Nested");
    }

    [Fact]
    public void Validate_AsynchronousRules_SaysWhatToUse()
    {
        var rules = RuleSet.For<Order>().Field(order => order.Email, f => f.MustAsync((_, _) => Task.FromResult(true)));

        Should.Throw<InvalidOperationException>(() => rules.Validate(new())).Message.ShouldContain("ValidateAsync");
    }

    [Fact]
    public void Field_Twice_AddsToASetOfItsOwn()
    {
        var first = RuleSet.For<Order>().Field(order => order.Email, f => f.Email());
        var second = first.Field(order => order.Amount, f => f.Min(2));

        CodesOf(first.Validate(new("x"))).ShouldBe(["email:email"]);
        CodesOf(second.Validate(new("x"))).ShouldBe(["email:email", "amount:min"]);
        CodesOf(RuleSet.For<Order>().Include(second).Include(first).Validate(new("x"))).ShouldBe(["email:email", "amount:min", "email:email"]);
    }

    [Fact]
    public void SensitiveFields_WhereverTheyAreSaidToBe_AreCalledByTheirMembers()
    {
        var rules = RuleSet.For<Order>()
            .Field(order => order.Amount, f => f.Min(2))
            .Field(order => order.Password, f => f.Named("secret").Sensitive())
            .When(order => order.Amount > 1, some => some.Include(RuleSet.For<Order>().Field(order => order.Email, f => f.Email().Sensitive())));

        rules.SensitiveFields.ShouldBe(["password", "email"]);
        RuleSet.For<Order>().Self(f => f.Sensitive()).SensitiveFields.ShouldBe([""]);
    }

    [Fact]
    public void Failures_MessageThatThrows_CostsNoOtherItsMessage()
    {
        var rules = RuleSet.For<Order>().Field(order => order.Amount, f => f.Min(2).WithMessage(_ => throw new FormatException("secret")).Min(3));

        rules.Validate(new()).Failures.Select(failure => failure.Message)
            .ShouldBe(["The rule min is broken, and its message could not be written: FormatException.", "amount must be 3 or more."]);
    }

    [Fact]
    public void Failures_ValueThatCannotBeWritten_IsLeftOut()
    {
        var failure = RuleSet.For<Unwritable>().Self(f => f.Must(_ => false, "wrong").WithMessage("No: {Value}.")).Validate(new()).Failures.Single();

        failure.Value.ShouldBeNull();
        failure.Message.ShouldBe("No: .");
    }

    private static IEnumerable<string> CodesOf(ValidationReport report) => report.Failures.Select(failure => $"{failure.Path}:{failure.Code}");

    private sealed class Broken
    {
#pragma warning disable CA1822, S2325 // reads nothing of the object on purpose
        public string Name => throw new InvalidOperationException();
#pragma warning restore CA1822, S2325
    }

    private sealed class Unwritable
    {
        public override string ToString() => throw new InvalidOperationException();
    }
}
