using FluentValidation;

namespace Armature.Benchmarks;

/// <summary>The rules of <see cref="FileData.Schema"/> in FluentValidation.</summary>
internal sealed class FileRowValidator : AbstractValidator<FileRow>
{
    private static readonly HashSet<string> Countries = [.. Row.Countries];

    public FileRowValidator()
    {
        RuleFor(row => row.Id).GreaterThanOrEqualTo(1);
        RuleFor(row => row.Email).Cascade(CascadeMode.Stop).NotEmpty().EmailAddress().MaximumLength(100);
        RuleFor(row => row.Name).NotEmpty().MaximumLength(100);
        RuleFor(row => row.Age).InclusiveBetween(18, 130);
        RuleFor(row => row.Country).Must(Countries.Contains);
        RuleFor(row => row.Date).InclusiveBetween(new(2000, 1, 1), new(2029, 12, 31));
        RuleFor(row => row.Amount).GreaterThanOrEqualTo(0.01m);
        RuleFor(row => row.Uuid).Must(static uuid => Guid.TryParseExact(uuid, "D", out _));
        RuleFor(row => row.Url).Must(static url => Uri.IsWellFormedUriString(url, UriKind.Absolute));
        RuleFor(row => row.Phone).Length(9, 15);
    }
}
