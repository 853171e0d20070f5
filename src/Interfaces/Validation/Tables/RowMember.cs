using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Armature.Validation.Tables;

/// <summary>A parameter of a constructor or a property that is read from a cell.</summary>
/// <param name="Name">The name by which its column is found.</param>
/// <param name="Type">Its type.</param>
/// <param name="Parameter">The parameter; null for a property.</param>
/// <param name="Property">The property; null for a parameter that is none.</param>
/// <param name="MayBeNull">Whether an empty cell is null.</param>
internal sealed record RowMember(string Name, Type Type, ParameterInfo? Parameter, PropertyInfo? Property, bool MayBeNull)
{
    /// <summary>The column's place; -1 when there is none.</summary>
    public int Column { get; init; } = -1;

    /// <summary>Whether objects cannot be made without it.</summary>
    public bool IsNeeded => Parameter is { HasDefaultValue: false } || (Parameter is null && Property!.IsDefined(typeof(RequiredMemberAttribute)));

    /// <summary>What failures call it: as those of rules do.</summary>
    public string Field => JsonNamingPolicy.CamelCase.ConvertName(Property?.Name ?? Name);

    /// <summary>What it is read as, for people.</summary>
    public string Says
    {
        get
        {
            var type = Nullable.GetUnderlyingType(Type) ?? Type;
            return type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : TypeWords.Of(type);
        }
    }

    /// <summary>The parameters of the constructor, then the properties beside them that can be set from a text.</summary>
    /// <exception cref="ArgumentException">A parameter cannot be read from a text.</exception>
    public static IReadOnlyList<RowMember> Of<T>()
    {
        var nullability = new NullabilityInfoContext();
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.GetIndexParameters().Length == 0).ToArray();
        var parameters = ConstructorOf<T>().GetParameters().Select(parameter =>
        {
            var property = Array.Find(properties, property => string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            return CellReader.CanRead(parameter.ParameterType)
                ? new RowMember(NameOf(property, parameter.Name!), parameter.ParameterType, parameter, property, IsNullable(nullability.Create(parameter)))
                : throw new ArgumentException($"{typeof(T).Name} cannot be made of the cells of a row: {parameter.Name} of its constructor is a {parameter.ParameterType.Name}, which no text can be read as.");
        }).ToArray();
        var settable = properties
            .Where(property => property.SetMethod is { IsPublic: true } && CellReader.CanRead(property.PropertyType) && !Array.Exists(parameters, parameter => parameter.Property == property))
            .Select(property => new RowMember(NameOf(property, property.Name), property.PropertyType, null, property, IsNullable(nullability.Create(property))));
        return [.. parameters, .. settable];
    }

    public static ConstructorInfo ConstructorOf<T>()
    {
        var constructors = typeof(T).GetConstructors();
        return Array.Find(constructors, static constructor => constructor.GetParameters().Length == 0)
            ?? constructors.MaxBy(static constructor => constructor.GetParameters().Length)
            ?? throw new ArgumentException($"{typeof(T).Name} has no public constructor, so that none can be made of the cells of a row.");
    }

    /// <summary>A name as it is compared: in capitals, without spaces, hyphens and underscores.</summary>
    public static string Simplify(string name) => string.Concat(name.Where(static letter => letter is not (' ' or '-' or '_'))).ToUpperInvariant();

    public CellReader CreateReader() => (CellReader)Activator.CreateInstance(typeof(CellReader<>).MakeGenericType(Type), [MayBeNull])!;

    private static string NameOf(PropertyInfo? property, string otherwise) => property?.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? otherwise;

    private static bool IsNullable(NullabilityInfo nullability) => nullability.ReadState != NullabilityState.NotNull;
}
