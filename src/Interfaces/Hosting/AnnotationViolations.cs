using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Armature.Hosting;

/// <summary>Checks the annotations of an options class and of every options class below it.</summary>
internal static class AnnotationViolations
{
    public static IEnumerable<string> Find(object options, string path)
    {
        foreach (var property in OptionsTree.Properties(options.GetType()))
        {
            var key = $"{path}:{property.Name}";
            var value = property.GetValue(options);
            foreach (var attribute in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (attribute.GetValidationResult(value, new ValidationContext(options) { DisplayName = key, MemberName = property.Name }) is { } failure)
                {
                    yield return Describe(key, value, attribute, failure);
                }
            }

            foreach (var violation in OptionsTree.Branches(value, key).SelectMany(branch => Find(branch.Options, branch.Path)))
            {
                yield return violation;
            }
        }
    }

    private static string Describe(string key, object? value, ValidationAttribute attribute, ValidationResult failure) => attribute switch
    {
        RangeAttribute range => string.Create(
            CultureInfo.InvariantCulture, $"{key} is {value} but must be between {range.Minimum} and {range.Maximum}."),
        RequiredAttribute => $"{key} must not be empty.",
        RegularExpressionAttribute text => $"{key} is '{value}' but must match {text.Pattern}.",
        EnumDataTypeAttribute choice => $"{key} is '{value}' but must be one of {string.Join(", ", Enum.GetNames(choice.EnumType))}.",
        _ => failure.ErrorMessage ?? $"{key} is not valid.",
    };
}
