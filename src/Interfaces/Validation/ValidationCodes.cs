namespace Armature.Validation;

/// <summary>The codes of the rules that are built in.</summary>
public static class ValidationCodes
{
    /// <summary>There is no value, and one is needed.</summary>
    public const string Required = "required";

    /// <summary>The value is null, empty, or nothing but white space.</summary>
    public const string NotEmpty = "not_empty";

    /// <summary>A text or collection is too short.</summary>
    public const string MinLength = "min_length";

    /// <summary>A text or collection is too long.</summary>
    public const string MaxLength = "max_length";

    /// <summary>A text or collection is not as long as it must be.</summary>
    public const string Length = "length";

    /// <summary>A text is shorter or longer than it may be.</summary>
    public const string LengthRange = "length_range";

    /// <summary>Not the address of a mailbox.</summary>
    public const string Email = "email";

    /// <summary>Not an absolute http or https address.</summary>
    public const string Url = "url";

    /// <summary>Not a UUID.</summary>
    public const string Uuid = "uuid";

    /// <summary>Something else than letters.</summary>
    public const string Alpha = "alpha";

    /// <summary>Something else than letters and digits.</summary>
    public const string AlphaNumeric = "alpha_numeric";

    /// <summary>Not a decimal number.</summary>
    public const string Numeric = "numeric";

    /// <summary>Less than is allowed.</summary>
    public const string Min = "min";

    /// <summary>More than is allowed.</summary>
    public const string Max = "max";

    /// <summary>Outside what is allowed.</summary>
    public const string Range = "range";

    /// <summary>Zero or less.</summary>
    public const string Positive = "positive";

    /// <summary>Does not match the regular expression.</summary>
    public const string Pattern = "pattern";

    /// <summary>None of the values that are allowed.</summary>
    public const string OneOf = "one_of";

    /// <summary>Not a date, or not in the form that is asked for.</summary>
    public const string Date = "date";

    /// <summary>Not a time of day.</summary>
    public const string Time = "time";

    /// <summary>Not a moment as RFC 3339 writes it.</summary>
    public const string DateTime = "date_time";

    /// <summary>Not what another field says.</summary>
    public const string EqualTo = "equal_to";

    /// <summary>The value that it must not be.</summary>
    public const string NotEqual = "not_equal";

    /// <summary>The same as another field.</summary>
    public const string NotEqualTo = "not_equal_to";

    /// <summary>Not more than another field.</summary>
    public const string GreaterThan = "greater_than";

    /// <summary>Less than another field.</summary>
    public const string GreaterThanOrEqualTo = "greater_than_or_equal_to";

    /// <summary>Not less than another field.</summary>
    public const string LessThan = "less_than";

    /// <summary>More than another field.</summary>
    public const string LessThanOrEqualTo = "less_than_or_equal_to";

    /// <summary>A lookup does not know the value.</summary>
    public const string Exists = "exists";

    /// <summary>A lookup failed, so that it is not known whether it knows the value.</summary>
    public const string LookupFailed = "lookup_failed";

    /// <summary>Cannot be read as what it should be.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>A rule of your own that was given no code.</summary>
    public const string Must = "must";

    /// <summary>A condition threw, so that what it is for could not be checked.</summary>
    public const string Condition = "condition";

    /// <summary>Objects lie within one another more than <see cref="ValidationLimits.MaxDepth"/> deep.</summary>
    public const string TooDeep = "too_deep";
}
