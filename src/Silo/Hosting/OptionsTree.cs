using System.Reflection;

namespace Armature.Hosting;

/// <summary>Knows which properties of an options class are options classes themselves.</summary>
internal static class OptionsTree
{
    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0);

    public static bool IsBranch(Type type) =>
        type.IsClass && type != typeof(string) && type.Namespace?.StartsWith(nameof(Armature), StringComparison.Ordinal) == true;
}
