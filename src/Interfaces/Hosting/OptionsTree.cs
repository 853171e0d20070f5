using System.Collections;
using System.Reflection;

namespace Armature.Hosting;

/// <summary>Knows which properties of an options class are options classes themselves.</summary>
internal static class OptionsTree
{
    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0);

    /// <summary>The options classes in a property's value: itself, or the values of a dictionary by name.</summary>
    public static IEnumerable<(object Options, string Path)> Branches(object? value, string path)
    {
        if (value is IDictionary entries)
        {
            return entries.Keys.Cast<object>()
                .Select(key => (Options: entries[key]!, Path: $"{path}:{key}"))
                .Where(entry => entry.Options is not null && IsBranch(entry.Options.GetType()));
        }

        return value is not null && IsBranch(value.GetType()) ? [(value, path)] : [];
    }

    /// <summary>The options class of the entries of a dictionary; null for any other type.</summary>
    public static Type? EntryType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>) && IsBranch(type.GetGenericArguments()[1])
            ? type.GetGenericArguments()[1]
            : null;

    public static bool IsBranch(Type type) =>
        type.IsClass && type != typeof(string) && type.Namespace?.StartsWith(nameof(Armature), StringComparison.Ordinal) == true;
}
