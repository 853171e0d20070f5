using System.Collections;
using System.Reflection;

namespace Armature.Hosting;

/// <summary>Finds keys in the configuration that no option has, which would otherwise be passed over in silence.</summary>
internal static class UnknownOptions
{
    public static IEnumerable<(string Key, string Message)> Find(IConfigurationSection section, Type type) => Find(section, type, section.Path, type);

    private static IEnumerable<(string Key, string Message)> Find(IConfigurationSection section, Type type, string rootPath, Type root)
    {
        var known = Settable(type).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        return section.GetChildren().SelectMany(child => known.TryGetValue(child.Key, out var property)
            ? Below(child, property.PropertyType, rootPath, root)
            : [(child.Path, $"{child.Path} is no option. {Advise(child.Key, section.Path, known.Keys, rootPath, root)}")]);
    }

    private static IEnumerable<(string Key, string Message)> Below(IConfigurationSection section, Type type, string rootPath, Type root)
    {
        if (OptionsTree.EntryType(type) is { } entry)
        {
            return section.GetChildren().SelectMany(child => Find(child, entry, rootPath, root));
        }

        if (OptionsTree.IsBranch(type))
        {
            return string.IsNullOrEmpty(section.Value)
                ? Find(section, type, rootPath, root)
                : [(section.Path, $"{section.Path} has a value but is a section. It has {Names(Settable(type).Select(property => property.Name))}.")];
        }

        return IsList(type)
            ? []
            : section.GetChildren().Select(child => (child.Path, $"{child.Path} is no option. {section.Path} is a single value."));
    }

    private static string Advise(string key, string path, IEnumerable<string> siblings, string rootPath, Type root)
    {
        var elsewhere = Paths(root, rootPath).FirstOrDefault(option => option.EndsWith($":{key}", StringComparison.OrdinalIgnoreCase));
        var nearest = NearestName.Find(key, siblings);
        return (nearest, elsewhere) switch
        {
            ({ } name, _) => $"The nearest one is {path}:{name}.",
            (_, { } option) => $"The nearest one is {option}.",
            _ => $"{path} has {Names(siblings)}.",
        };
    }

    private static IEnumerable<string> Paths(Type type, string path) =>
        from property in Settable(type)
        let own = $"{path}:{property.Name}"
        from option in OptionsTree.IsBranch(property.PropertyType) ? Paths(property.PropertyType, own).Prepend(own) : [own]
        select option;

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    // What is computed from others, such as Redis:IsConfigured, cannot be set.
    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        OptionsTree.Properties(type).Where(property =>
            property.CanWrite || OptionsTree.IsBranch(property.PropertyType) || IsList(property.PropertyType));

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));
}
