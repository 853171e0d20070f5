using System.Text.Json;

namespace Armature.Validation.Tables;

/// <summary>
/// GeoJSON (RFC 7946): the types, their members, and how deep coordinates lie within one another; a position has two numbers or more.
/// Not whether rings are closed or lines have two points.
/// </summary>
internal static class GeoJson
{
    /// <summary>Whether what is JSON is also GeoJSON.</summary>
    public static bool IsGeoJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        return IsObject(document.RootElement);
    }

    /// <summary>Whether an element is a position, or arrays of positions so many deep.</summary>
    public static bool ArePositions(JsonElement element, int depth)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        return depth > 0
            ? element.EnumerateArray().All(item => ArePositions(item, depth - 1))
            : element.GetArrayLength() >= 2 && element.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.Number);
    }

    /// <summary>The element's type; null when it has none.</summary>
    public static string? TypeOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static bool IsObject(JsonElement element) => TypeOf(element) switch
    {
        "FeatureCollection" => AreAll(element, "features", static item => IsFeature(item)),
        "Feature" => IsFeature(element),
        _ => IsGeometry(element),
    };

    private static bool IsFeature(JsonElement element) =>
        TypeOf(element) == "Feature"
        && element.TryGetProperty("geometry", out var geometry) && (geometry.ValueKind == JsonValueKind.Null || IsGeometry(geometry))
        && element.TryGetProperty("properties", out var properties) && properties.ValueKind is JsonValueKind.Null or JsonValueKind.Object;

    private static bool IsGeometry(JsonElement element) => TypeOf(element) switch
    {
        "Point" => HasPositions(element, 0),
        "MultiPoint" or "LineString" => HasPositions(element, 1),
        "MultiLineString" or "Polygon" => HasPositions(element, 2),
        "MultiPolygon" => HasPositions(element, 3),
        "GeometryCollection" => AreAll(element, "geometries", static item => IsGeometry(item)),
        _ => false,
    };

    private static bool HasPositions(JsonElement element, int depth) =>
        element.TryGetProperty("coordinates", out var coordinates) && (ArePositions(coordinates, depth) || coordinates is { ValueKind: JsonValueKind.Array } && coordinates.GetArrayLength() == 0);

    private static bool AreAll(JsonElement element, string name, Func<JsonElement, bool> isOne) =>
        element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array && items.EnumerateArray().All(isOne);
}
