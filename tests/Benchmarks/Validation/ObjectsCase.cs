using System.Globalization;
using Armature.Validation;
using FluentValidation;

namespace Armature.Benchmarks;

/// <summary>300,000 parsed objects in process, on one thread, against FluentValidation with the same rules.</summary>
internal static class ObjectsCase
{
    private const int Rows = 300_000;
    private const int Rounds = 7;

    private static readonly RuleSet<Row> Rules = RuleSet.For<Row>()
        .Field(row => row.Id, f => f.Positive())
        .Field(row => row.Email, f => f.NotEmpty().MaxLength(100).Must(IsEmail, "email"))
        .Field(row => row.Name, f => f.NotEmpty().MaxLength(100))
        .Field(row => row.Age, f => f.InRange(18, 130))
        .Field(row => row.Country, f => f.OneOf(Row.Countries))
        .Field(row => row.Date, f => f.InRange(new(2000, 1, 1), new(2030, 1, 1)))
        .Field(row => row.Amount, f => f.Positive())
        .Field(row => row.Uuid, f => f.Must(IsUuid, "uuid"))
        .Field(row => row.Url, f => f.Must(IsUrl, "url"))
        .Field(row => row.Phone, f => f.Must(IsPhone, "phone"));

    public static async Task<BenchmarkCase> RunAsync(string name, bool isBad, int atLeast)
    {
        var rows = Row.Make(Rows, isBad);
        var validator = new RowValidator();
        var expected = isBad ? 2 * Rows : 0;
        await Measure.WarmUpAsync(() => CheckAsync(Theirs), () => CheckAsync(Ours));
        var (theirs, ours) = await Measure.InTurnAsync(Rounds, () => CheckAsync(Theirs), () => CheckAsync(Ours));
        return new(
            name,
            "FluentValidation",
            theirs,
            ours,
            null,
            Rounds,
            string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} objects, 12 rules, one thread, failures counted; {Rows / ours / 1_000:F1} million a second against {Rows / theirs / 1_000:F1}; at least {atLeast}"));

        int Theirs() => rows.Sum(row => validator.Validate(row).Errors.Count);

        int Ours() => rows.Sum(row => Rules.Validate(row).Failures.Length);

        Task CheckAsync(Func<int> count) => count() == expected ? Task.CompletedTask : throw new InvalidOperationException("The sides do not agree.");
    }

    private static bool IsEmail(string? email)
    {
        if (email is null)
        {
            return false;
        }

        var at = email.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < email.Length - 1 && email.LastIndexOf('@') == at;
    }

    private static bool IsUuid(string uuid) => Guid.TryParseExact(uuid, "D", out _);

    private static bool IsUrl(string url) => url.StartsWith("https://", StringComparison.Ordinal);

    private static bool IsPhone(string phone) => phone.Length is > 8 and < 16 && phone[0] == '+' && !phone.AsSpan(1).ContainsAnyExceptInRange('0', '9');

    private sealed class RowValidator : AbstractValidator<Row>
    {
        private static readonly HashSet<string> Countries = [.. Row.Countries];

        public RowValidator()
        {
            RuleFor(row => row.Id).GreaterThan(0);
            RuleFor(row => row.Email).NotEmpty().MaximumLength(100).Must(IsEmail);
            RuleFor(row => row.Name).NotEmpty().MaximumLength(100);
            RuleFor(row => row.Age).InclusiveBetween(18, 130);
            RuleFor(row => row.Country).Must(Countries.Contains);
            RuleFor(row => row.Date).InclusiveBetween(new(2000, 1, 1), new(2030, 1, 1));
            RuleFor(row => row.Amount).GreaterThan(0);
            RuleFor(row => row.Uuid).Must(IsUuid);
            RuleFor(row => row.Url).Must(IsUrl);
            RuleFor(row => row.Phone).Must(IsPhone);
        }
    }
}
