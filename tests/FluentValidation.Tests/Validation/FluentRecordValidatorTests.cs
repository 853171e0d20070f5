using Armature.Testing;
using Armature.Validation.Files;
using CsCheck;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Validation;

public sealed class FluentRecordValidatorTests : IAsyncLifetime
{
    private static readonly Gen<Parcel> GenFlat =
        from code in Gen.String[Gen.Char['a', 'd'], 0, 3]
        from weight in Gen.Int[-1, 4]
        select new Parcel(code, weight);

    private static readonly Gen<Parcel> GenParcel =
        from outer in GenFlat
        from inner in GenFlat
        from isNested in Gen.Bool
        select isNested ? outer with { Within = inner } : outer;

    private ArmatureCluster? _cluster;

    private ValidationClient Validation => _cluster!.Client.Validation;

    public async ValueTask InitializeAsync() => _cluster = await ArmatureCluster.StartAsync(2, services => services
        .AddFluentValidator<Parcel, ParcelValidator>("parcel", maxConcurrency: 20)
        .AddFluentValidator<Label, LabelValidator>("label"));

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task ValidateManyAsync_AnyRecords_SaysWhatTheValidatorSaysOfEach()
    {
        var validator = new ParcelValidator();
        await GenParcel.Array[0, 200].SampleAsync(
            async parcels =>
            {
                var result = await Validation.ValidateManyAsync("parcel", parcels);

                for (var i = 0; i < parcels.Length; i++)
                {
                    result[i].Value.Failures.Select(failure => failure.ToString()).ShouldBe(await ExpectedAsync(validator, parcels[i]));
                }
            },
            iter: 30);
    }

    [Fact]
    public async Task ValidateManyAsync_Failures_AreOurs()
    {
        var result = await Validation.ValidateManyAsync("parcel", [new Parcel("a"), new Parcel("x", 0, new(""))]);

        result[0].Value.IsValid.ShouldBeTrue();
        result[1].Value.Failures.Select(failure => (failure.Path, failure.Code, failure.Severity, failure.Value)).ShouldBe(
        [
            ("code", "letters", ValidationSeverity.Error, null),
            ("weight", "GreaterThanValidator", ValidationSeverity.Warning, null),
            ("within.code", "NotEmptyValidator", ValidationSeverity.Error, null),
            ("within.code", "letters", ValidationSeverity.Error, null),
        ]);
        result[1].Value.Failures[1].Message.ShouldBe("'Weight' must be greater than '0'.");
    }

    [Fact]
    public async Task ValidateManyAsync_OnlyWarnings_IsValid() => (await Validation.ValidateManyAsync("parcel", [new Parcel("a", 0)]))[0].Value.IsValid.ShouldBeTrue();

    [Fact]
    public async Task ValidateManyAsync_RuleThrows_FailsItsRecordAlone()
    {
        var result = await Validation.ValidateManyAsync("parcel", [new Parcel("ccc"), new Parcel("c")]);

        var failure = result[0].Value.Failures.ShouldHaveSingleItem();
        failure.Code.ShouldBe(FluentCodes.ValidatorFailed);
        failure.Exception.ShouldBe("System.InvalidOperationException");
        failure.Message.ShouldNotContain("secret");
        result[1].Value.IsValid.ShouldBeTrue();
    }

    [Fact]
    public async Task ValidateManyAsync_ManyChunks_MakesAFewInstances()
    {
        var before = ParcelValidator.Made;

        await Validation.ValidateManyAsync("parcel", [.. Enumerable.Range(0, 20_000).Select(_ => new Parcel("a"))]);

        (ParcelValidator.Made - before).ShouldBeInRange(1, 128);
    }

    [Fact]
    public async Task ValidateFileAsync_RowsOfAFile_AreCheckedToo()
    {
        var file = FileSource.FromStream(new MemoryStream("weight,code\n1,ab\n0,\nx,ab\n"u8.ToArray()));

        var report = await Validation.ValidateFileAsync<Label>(file, "label");

        report.Failures.Select(failure => $"{failure.Row} {failure.Column} {failure.Code}").ShouldBe(["3 code NotEmptyValidator", "3 weight GreaterThanValidator", "4 weight unreadable"]);
        report.BadRows.ShouldBe(2);
    }

    [Fact]
    public void AddFluentValidator_NoPlaces_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ServiceCollection().AddFluentValidator<Parcel, ParcelValidator>("parcel", 0));

    private static async Task<IEnumerable<string>> ExpectedAsync(ParcelValidator validator, Parcel parcel)
    {
        try
        {
            var result = await validator.ValidateAsync(parcel);
            return result.Errors.Select(error => FluentFailure.Read(error).ToString());
        }
        catch (InvalidOperationException exception)
        {
            return [FluentFailure.Of(exception).ToString()];
        }
    }

    private sealed record Label(string Code, int Weight);

    private sealed class LabelValidator : AbstractValidator<Label>
    {
        public LabelValidator()
        {
            RuleFor(label => label.Code).NotEmpty();
            RuleFor(label => label.Weight).GreaterThan(0);
        }
    }
}
