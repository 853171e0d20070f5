using System.ComponentModel;

namespace Armature.Hosting;

/// <summary>Finds values in the configuration that are not of their option's type.</summary>
internal static class ConfigurationViolations
{
    public static IEnumerable<(string Key, string Message)> Find(IConfigurationSection section, Type type)
    {
        foreach (var property in OptionsTree.Properties(type))
        {
            var child = section.GetSection(property.Name);
            if (OptionsTree.IsBranch(property.PropertyType))
            {
                foreach (var violation in Find(child, property.PropertyType))
                {
                    yield return violation;
                }
            }
            else if (child.Value is { } value && property.CanWrite && !IsOfType(value, property.PropertyType))
            {
                yield return (child.Path, $"{child.Path} is '{value}' but must be {Describe(property.PropertyType)}.");
            }
        }
    }

    private static bool IsOfType(string value, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return value.Length == 0 || IsOfType(value, underlying);
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
