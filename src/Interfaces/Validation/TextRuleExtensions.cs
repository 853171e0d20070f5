using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Armature.Validation;

/// <summary>Rules for text. Lengths are in characters (UTF-16).</summary>
public static class TextRuleExtensions
{
    /// <summary>Not null, not empty, and not only white space.</summary>
    public static IFieldRules<T, string?> NotEmpty<T>(this IFieldRules<T, string?> rules) =>
        FieldRuleExtensions.Of(rules).Check(static (_, text) => !string.IsNullOrWhiteSpace(text), ValidationCodes.NotEmpty);

    /// <summary>So many characters at least.</summary>
    public static IFieldRules<T, string?> MinLength<T>(this IFieldRules<T, string?> rules, int min) =>
        FieldRuleExtensions.Of(rules).Check((_, text) => text is null || text.Length >= min, ValidationCodes.MinLength, ("Min", min));

    /// <summary>So many characters at most.</summary>
    public static IFieldRules<T, string?> MaxLength<T>(this IFieldRules<T, string?> rules, int max) =>
        FieldRuleExtensions.Of(rules).Check((_, text) => text is null || text.Length <= max, ValidationCodes.MaxLength, ("Max", max));

    /// <summary>So many characters.</summary>
    public static IFieldRules<T, string?> Length<T>(this IFieldRules<T, string?> rules, int length) =>
        FieldRuleExtensions.Of(rules).Check((_, text) => text is null || text.Length == length, ValidationCodes.Length, ("Length", length));

    /// <summary>From so many to so many characters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The most is less than the least.</exception>
    public static IFieldRules<T, string?> Length<T>(this IFieldRules<T, string?> rules, int min, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, min);
        return FieldRuleExtensions.Of(rules).Check((_, text) => text is null || (text.Length >= min && text.Length <= max), ValidationCodes.LengthRange, ("Min", min), ("Max", max));
    }

    /// <summary>The address of a mailbox, as browsers check it: the WHATWG's "valid email address", at most 254 characters (RFC 5321). A domain of one label is one.</summary>
    public static IFieldRules<T, string?> Email<T>(this IFieldRules<T, string?> rules) => Add(rules, TextForms.IsEmail, ValidationCodes.Email);

    /// <summary>An absolute http or https address.</summary>
    public static IFieldRules<T, string?> Url<T>(this IFieldRules<T, string?> rules) => Add(rules, TextForms.IsUrl, ValidationCodes.Url);

    /// <summary>A UUID in its usual form of 36 characters.</summary>
    public static IFieldRules<T, string?> Uuid<T>(this IFieldRules<T, string?> rules) => Add(rules, static text => Guid.TryParseExact(text, "D", out _), ValidationCodes.Uuid);

    /// <summary>Letters of any alphabet, one at least, and nothing else.</summary>
    public static IFieldRules<T, string?> Alpha<T>(this IFieldRules<T, string?> rules) => Add(rules, TextForms.IsAlpha, ValidationCodes.Alpha);

    /// <summary>Letters and digits of any alphabet, one at least, and nothing else.</summary>
    public static IFieldRules<T, string?> AlphaNumeric<T>(this IFieldRules<T, string?> rules) => Add(rules, TextForms.IsAlphaNumeric, ValidationCodes.AlphaNumeric);

    /// <summary>A decimal number with a point, such as <c>-0.5</c>: no exponent, no white space, no thousands.</summary>
    public static IFieldRules<T, string?> Numeric<T>(this IFieldRules<T, string?> rules) => Add(rules, TextForms.IsNumeric, ValidationCodes.Numeric);

    /// <summary>
    /// Has a match of a regular expression; write <c>^</c> and <c>$</c> for the whole. It is searched in linear time; an expression for
    /// which that cannot be (it looks around or back) has <see cref="ValidationLimits.RegexTimeout"/>, and fails the field after that.
    /// </summary>
    public static IFieldRules<T, string?> Matches<T>(this IFieldRules<T, string?> rules, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        var expression = new PatternCheck(pattern);
        return FieldRuleExtensions.Of(rules).Check((_, text) => text is null || expression.IsMatch(text), ValidationCodes.Pattern, ("Pattern", pattern));
    }

    /// <summary>A date.</summary>
    /// <param name="rules">The field's rules.</param>
    /// <param name="form">Its form, as <see cref="DateOnly.ParseExact(string, string)"/> takes it.</param>
    public static IFieldRules<T, string?> Date<T>(this IFieldRules<T, string?> rules, [StringSyntax(StringSyntaxAttribute.DateOnlyFormat)] string form = "yyyy-MM-dd") =>
        FieldRuleExtensions.Of(rules).Check(
            (_, text) => text is null || DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var _), ValidationCodes.Date, ("Form", form));

    /// <summary>A time of day: hours and minutes, and seconds with as many as seven decimals if there are any.</summary>
    public static IFieldRules<T, string?> Time<T>(this IFieldRules<T, string?> rules) => Add(rules, TextForms.IsTime, ValidationCodes.Time);

    /// <summary>A moment as RFC 3339 writes it, with its offset or <c>Z</c>.</summary>
    public static IFieldRules<T, string?> DateTime<T>(this IFieldRules<T, string?> rules) => Add(rules, TextForms.IsDateTime, ValidationCodes.DateTime);

    private static IFieldRules<T, string?> Add<T>(IFieldRules<T, string?> rules, Func<string, bool> passes, string code) =>
        FieldRuleExtensions.Of(rules).Check((_, text) => text is null || passes(text), code);
}
