namespace Armature.Validation.Tables;

/// <summary>What the JSON of a cell is.</summary>
internal enum JsonForm
{
    Object,
    Array,
    GeoJson,
    TopoJson,
}
