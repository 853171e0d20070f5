namespace Armature.Validation.Tables;

/// <summary>The types of fields, and what may be said of a field of each.</summary>
internal static class FieldTypes
{
    public const string Text = "string";
    public const string Number = "number";
    public const string Integer = "integer";
    public const string Boolean = "boolean";
    public const string Object = "object";
    public const string Array = "array";
    public const string List = "list";
    public const string DateTime = "datetime";
    public const string Date = "date";
    public const string Time = "time";
    public const string Year = "year";
    public const string YearMonth = "yearmonth";
    public const string Duration = "duration";
    public const string GeoPoint = "geopoint";
    public const string GeoJson = "geojson";
    public const string Any = "any";

    public static readonly string[] All = [Text, Number, Integer, Boolean, Object, Array, List, DateTime, Date, Time, Year, YearMonth, Duration, GeoPoint, GeoJson, Any];

    public static readonly string[] OfItems = [Text, Integer, Boolean, Number, DateTime, Date, Time];

    /// <summary>Constraints by which a field without a type is known as a string.</summary>
    public static readonly string[] OnlyOfText = ["minLength", "maxLength", "pattern"];

    private static readonly string[] OfEveryField =
        ["name", "title", "description", "example", "examples", "type", "format", "constraints", "missingValues", "rdfType", "armature:sensitive"];

    /// <summary>The properties of a field.</summary>
    public static string[] PropertiesOf(string type) => type switch
    {
        Text => [.. OfEveryField, "categories", "categoriesOrdered"],
        Number => [.. OfEveryField, "decimalChar", "groupChar", "bareNumber"],
        Integer => [.. OfEveryField, "groupChar", "bareNumber", "categories", "categoriesOrdered"],
        Boolean => [.. OfEveryField, "trueValues", "falseValues"],
        List => [.. OfEveryField, "delimiter", "itemType"],
        _ => OfEveryField,
    };

    /// <summary>The constraints of a field.</summary>
    public static string[] ConstraintsOf(string type) => type switch
    {
        Text => ["required", "unique", "enum", "minLength", "maxLength", "pattern"],
        Object or Array or List => ["required", "unique", "enum", "minLength", "maxLength"],
        Number or Integer or DateTime or Date or Time or Year or YearMonth or Duration =>
            ["required", "unique", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
        _ => ["required", "unique", "enum"],
    };

    /// <summary>The formats of a type; those of dates and times may also be patterns.</summary>
    public static string[] FormatsOf(string type) => type switch
    {
        Text => ["default", "email", "uri", "binary", "uuid"],
        DateTime or Date or Time => ["default", "any"],
        GeoPoint => ["default", "array", "object"],
        GeoJson => ["default", "topojson"],
        _ => ["default"],
    };
}
