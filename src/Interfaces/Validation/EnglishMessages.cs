namespace Armature.Validation;

/// <summary>The messages of the rules that are built in.</summary>
internal static class EnglishMessages
{
    public static string Of(string code) => code switch
    {
        ValidationCodes.Required => "{Field} is missing.",
        ValidationCodes.NotEmpty => "{Field} must not be empty.",
        ValidationCodes.MinLength => "{Field} must have a length of {Min} at least.",
        ValidationCodes.MaxLength => "{Field} must have a length of {Max} at most.",
        ValidationCodes.Length => "{Field} must have a length of {Length}.",
        ValidationCodes.Email => "{Field} must be an email address, such as name@example.com.",
        ValidationCodes.Url => "{Field} must be a web address that begins with http:// or https://.",
        ValidationCodes.Uuid => "{Field} must be a UUID, such as 123e4567-e89b-12d3-a456-426614174000.",
        ValidationCodes.Alpha => "{Field} must have only letters.",
        ValidationCodes.AlphaNumeric => "{Field} must have only letters and digits.",
        ValidationCodes.Numeric => "{Field} must be a number, such as 12 or -0.5.",
        ValidationCodes.Min => "{Field} must be {Min} or more.",
        ValidationCodes.Max => "{Field} must be {Max} or less.",
        ValidationCodes.Range => "{Field} must be from {Min} to {Max}.",
        ValidationCodes.Positive => "{Field} must be more than 0.",
        ValidationCodes.Pattern => "{Field} must match {Pattern}.",
        ValidationCodes.OneOf => "{Field} must be one of {Allowed}.",
        ValidationCodes.Date => "{Field} must be a date in the form {Form}.",
        ValidationCodes.Time => "{Field} must be a time of day, such as 14:30 or 14:30:05.",
        ValidationCodes.DateTime => "{Field} must be a date and time, such as 2026-11-28T14:30:05Z.",
        ValidationCodes.EqualTo => "{Field} must be the same as {Other}.",
        ValidationCodes.LengthRange => "{Field} must have a length from {Min} to {Max}.",
        ValidationCodes.NotEqual => "{Field} must not be {Unwanted}.",
        ValidationCodes.NotEqualTo => "{Field} must not be the same as {Other}.",
        ValidationCodes.GreaterThan => "{Field} must be more than {Other}.",
        ValidationCodes.GreaterThanOrEqualTo => "{Field} must be as much as {Other}, or more.",
        ValidationCodes.LessThan => "{Field} must be less than {Other}.",
        ValidationCodes.LessThanOrEqualTo => "{Field} must be as much as {Other}, or less.",
        ValidationCodes.Exists => "{Field} is not among {Lookup}.",
        ValidationCodes.LookupFailed => "{Field} could not be checked: the lookup {Lookup} failed.",
        ValidationCodes.Unreadable => "{Field} cannot be read as {Type}.",
        ValidationCodes.TooDeep => "{Field} lies within more than {Max} objects.",
        _ => "{Field} breaks the rule " + code + ".",
    };
}
