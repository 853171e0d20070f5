namespace Armature.Validation;

/// <summary>What people call the types that a text is read as.</summary>
internal static class TypeWords
{
    public static string Of(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "true or false",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
        >= TypeCode.SByte and <= TypeCode.UInt64 => "a whole number",
        TypeCode.DateTime => "a date and time",
        _ when type == typeof(DateTimeOffset) => "a date and time",
        _ when type == typeof(DateOnly) => "a date",
        _ when type == typeof(TimeOnly) => "a time of day",
        _ when type == typeof(Guid) => "a UUID",
        _ => type.Name,
    };
}
