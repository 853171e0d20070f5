using System.Text.Json;

namespace Armature.Validation.Tables;

/// <summary>TopoJSON (specification 1.0): a topology with named geometries of known types, and arcs of positions. Not whether geometries name arcs that there are.</summary>
internal static class TopoJson
{
    private static readonly string[] Geometries = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];

    /// <summary>Whether what is JSON is also TopoJSON.</summary>
    public static bool IsTopoJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return GeoJson.TypeOf(root) == "Topology"
            && root.TryGetProperty("objects", out var objects) && objects.ValueKind == JsonValueKind.Object && objects.EnumerateObject().All(static member => IsGeometry(member.Value))
            && root.TryGetProperty("arcs", out var arcs) && GeoJson.ArePositions(arcs, 2);
    }

    // A geometry may be null, as a place holder.
    private static bool IsGeometry(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("type", out var type))
        {
            return false;
        }

        return type.ValueKind == JsonValueKind.Null
            || (Geometries.Contains(GeoJson.TypeOf(element)) && (GeoJson.TypeOf(element) != "GeometryCollection" || AreGeometries(element)));
    }

    private static bool AreGeometries(JsonElement element) =>
        element.TryGetProperty("geometries", out var items) && items.ValueKind == JsonValueKind.Array && items.EnumerateArray().All(static item => IsGeometry(item));
}
