using FluentValidation;

namespace Armature.Validation;

/// <summary>A validator as anybody has it: regular expressions, rules that wait, conditions, an object within, a rule that throws.</summary>
public sealed class ParcelValidator : AbstractValidator<Parcel>
{
    private static int s_made;

    public ParcelValidator()
    {
        Interlocked.Increment(ref s_made);
        RuleFor(parcel => parcel.Code).NotEmpty().Matches("^[a-c]+$").WithErrorCode("letters");
        RuleFor(parcel => parcel.Weight).GreaterThan(0).WithSeverity(Severity.Warning).WithState(_ => new object());
        RuleFor(parcel => parcel.Weight).MustAsync(async (weight, cancellationToken) =>
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            return weight != 3;
        }).When(parcel => parcel.Code != "a");
        RuleFor(parcel => parcel.Within!).SetValidator(this).When(parcel => parcel.Within is not null);
        RuleFor(parcel => parcel.Code).Must(code => code != "ccc" ? true : throw new InvalidOperationException("secret"));
    }

    public static int Made => s_made;
}
