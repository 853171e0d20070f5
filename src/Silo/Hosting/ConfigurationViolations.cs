using System.ComponentModel;
using System.Reflection;

namespace Armature.Hosting;

/// <summary>Finds values in the configuration that are not of their option's type.</summary>
internal static class ConfigurationViolations
{
    public static IEnumerable<(string Key, string Message)> Find(IConfigurationSection section, Type type)
    {
        foreach (var property in OptionsTree.Properties(type))
        {
            var child = section.GetSection(property.Name);
            if (Scalar(child, property) is { } violation)
            {
                yield return (child.Path, violation);
            }

            foreach (var below in Branches(child, property.PropertyType).SelectMany(branch => Find(branch.Section, branch.Type)))
            {
                yield return below;
            }
        }
    }

    private static IEnumerable<(IConfigurationSection Section, Type Type)> Branches(IConfigurationSection section, Type type)
    {
        if (OptionsTree.EntryType(type) is { } entry)
        {
            return section.GetChildren().Select(child => (child, entry));
        }

        return OptionsTree.IsBranch(type) ? [(section, type)] : [];
    }

    private static string? Scalar(IConfigurationSection section, PropertyInfo property) =>
        section.Value is { } value && property.CanWrite && !IsOfType(value, property.PropertyType)
            ? $"{section.Path} is '{value}' but must be {Describe(property.PropertyType)}."
            : null;

    private static bool IsOfType(string value, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return value.Length == 0 || IsOfType(value, underlying);
        }

        if (type.IsEnum)
        {
            return value.All(letter => !char.IsAsciiDigit(letter)) && Enum.TryParse(type, value, ignoreCase: true, out _);
        }

        var converter = TypeDescriptor.GetConverter(type);
        return !converter.CanConvertFrom(typeof(string)) || converter.IsValid(value);
    }

    private static string Describe(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } choice => $"one or more of {string.Join(", ", Enum.GetNames(choice).Where(name => name != "None"))}",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(TimeSpan) => "a duration such as 00:00:30",
        var t when t == typeof(int) || t == typeof(long) => "a whole number",
        var t => $"a {t.Name}",
    };
}
