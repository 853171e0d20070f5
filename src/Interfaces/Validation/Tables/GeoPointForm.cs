namespace Armature.Validation.Tables;

/// <summary>The formats of points on earth.</summary>
internal enum GeoPointForm
{
    /// <summary><c>90.50, 45.50</c>.</summary>
    Text,

    /// <summary><c>[90.50, 45.50]</c>.</summary>
    Array,

    /// <summary><c>{"lon": 90.50, "lat": 45.50}</c>.</summary>
    Object,
}
