using System.Collections;
using System.Globalization;
using System.Text;

namespace Armature.Validation;

/// <summary>Writes what failures say.</summary>
internal sealed class FailureText
{
    // Reports mostly come one after the other with the same settings and language.
    private static FailureText s_last = new(ValidationSettings.Default, CultureInfo.InvariantCulture);

    private readonly ValidationSettings _settings;
    private readonly CultureInfo _culture;

    private FailureText(ValidationSettings settings, CultureInfo culture) => (_settings, _culture) = (settings, culture);

    /// <summary>What writes as the settings say; null for the defaults.</summary>
    public static FailureText Of(ValidationSettings? settings)
    {
        settings ??= ValidationSettings.Default;
        var culture = settings.CultureOrCurrent;
        var last = s_last;
        return ReferenceEquals(last._settings, settings) && ReferenceEquals(last._culture, culture) ? last : s_last = new(settings, culture);
    }

    public static string PathOf(RawFailure failure) => PathFrame.Write(failure.At, failure.Rule!.Field);

    // What a collection writes of itself is the name of its type.
    public static string? ValueOf(RawFailure failure) => failure.Rule!.IsSensitive || failure.Value is IEnumerable and not string ? null : Shorten(failure.Value);

    /// <summary>What is wrong. Templates are the user's code: one that throws costs its own message and no other.</summary>
    public string MessageOf(RawFailure failure)
    {
        try
        {
            return Write(failure);
        }
#pragma warning disable CA1031 // it is told instead
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return $"The rule {failure.Rule!.Code} is broken, and its message could not be written: {exception.GetType().Name}.";
        }
    }

    private string Write(RawFailure failure) => failure.Thrown is null || failure.Rule!.Code == ValidationCodes.LookupFailed
        ? Fill(TemplateOf(failure.Rule!), failure.Rule!, ValueOf(failure))
        : $"The rule {failure.Rule!.Code} could not be checked: {failure.Thrown[(failure.Thrown.LastIndexOfAny(['.', '+']) + 1)..]}.";

    private string TemplateOf(RuleText rule) => rule.Template?.Invoke(_culture) ?? _settings.Messages?.Invoke(rule.Code, _culture) ?? EnglishMessages.Of(rule.Code);

    private string Fill(string template, RuleText rule, string? value)
    {
        var text = new StringBuilder(template)
            .Replace("{Field}", rule.Field.Length == 0 ? "The value" : rule.Field)
            .Replace("{Value}", value ?? "");
        foreach (var (name, given) in rule.Values)
        {
            text.Replace($"{{{name}}}", Convert.ToString(given, _culture));
        }

        return text.ToString();
    }

    private static string? Shorten(object? value)
    {
        var text = TextOf(value);
        if (value is null || text is null || text.Length <= ValidationLimits.MaxValueLength)
        {
            return value is null ? null : text;
        }

        // Not between the halves of a surrogate pair.
        var length = char.IsHighSurrogate(text[ValidationLimits.MaxValueLength - 1]) ? ValidationLimits.MaxValueLength - 1 : ValidationLimits.MaxValueLength;
        return text[..length];
    }

    // What a user's object cannot write of itself is not shown.
    private static string? TextOf(object? value)
    {
        try
        {
            return Convert.ToString(value, CultureInfo.InvariantCulture);
        }
#pragma warning disable CA1031 // a report is read all the same
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
