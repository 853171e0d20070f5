using Armature.Validation;

namespace Examples.Validation;

/// <summary>The examples of docs/validation.md.</summary>
public sealed class ValidationExample
{
    private static readonly RuleSet<Registration> Rules = RuleSet.For<Registration>()
        .Field(r => r.Email, f => f.NotEmpty().Email().MustAsync(IsFreeAsync, "email_taken"))
        .Field(r => r.Password, f => f.NotEmpty().MinLength(12).Sensitive())
        .Field(r => r.Repeated, f => f.EqualTo(r => r.Password).Sensitive())
        .Field(r => r.Age, f => f.Required().ReadAs<int>(age => age.InRange(18, 130)))
        .Each(r => r.Languages, f => f.OneOf("cs", "rs", "go"))
        .Nested(r => r.Address, RuleSet.For<Address>().Field(a => a.City, f => f.NotEmpty()))
        .When(r => r.IsCompany, company => company.Field(r => r.VatNumber, f => f.Required().Matches("^[A-Z]{2}[0-9A-Z]{8,12}$")));

    [Fact]
    public async Task ValidateParallelAsync_RulesBroken_SaysWhichAndWhere()
    {
        var form = new Registration("ada@example.com", "short", "other", "17", ["cs", "c"], new(""), IsCompany: true, VatNumber: null);

        ValidationReport report = await Rules.ValidateParallelAsync(form);

        report.IsValid.ShouldBeFalse();
        report.Failures.Select(failure => $"{failure.Path}: {failure.Code}").ShouldBe(
        [
            "email: email_taken", "password: min_length", "repeated: equal_to", "age: range", "languages[1]: one_of", "address.city: not_empty", "vatNumber: required",
        ]);
        report.Failures[3].Message.ShouldBe("age must be from 18 to 130.");
        (await Rules.ValidateAsync(form)).Failures.ShouldBe(report.Failures);
    }

    private static async Task<bool> IsFreeAsync(string? email, CancellationToken cancellationToken)
    {
        await Task.Yield(); // A question to a database.
        return email != "ada@example.com";
    }

    internal sealed record Registration(string? Email, string? Password, string? Repeated, string? Age, string[] Languages, Address? Address, bool IsCompany, string? VatNumber);

    internal sealed record Address(string? City);
}
