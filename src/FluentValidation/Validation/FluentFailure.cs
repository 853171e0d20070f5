using System.Text.Json;
using FluentValidation;

namespace Armature.Validation;

/// <summary>Makes failures of FluentValidation ours. The value and the custom state are left out: nothing says whether they may be shown, or can be written.</summary>
internal static class FluentFailure
{
    public static ValidationFailure Read(global::FluentValidation.Results.ValidationFailure failure) => new()
    {
        Path = PathOf(failure.PropertyName),
        Code = failure.ErrorCode ?? "",
        Message = failure.ErrorMessage ?? "",
        Severity = failure.Severity switch
        {
            Severity.Warning => ValidationSeverity.Warning,
            Severity.Info => ValidationSeverity.Info,
            _ => ValidationSeverity.Error,
        },
    };

    /// <summary>A validator that threw: which of its rules did is not known.</summary>
    public static ValidationFailure Of(Exception exception) => new()
    {
        Code = FluentCodes.ValidatorFailed,
        Message = $"The record could not be checked: {exception.GetType().Name}.",
        Exception = exception.GetType().FullName,
    };

    // Such as Items[3].Price, which is items[3].price elsewhere.
    private static string PathOf(string? property) => string.Join('.', (property ?? "").Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
