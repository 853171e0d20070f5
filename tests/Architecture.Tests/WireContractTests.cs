using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Armature.Architecture;

/// <summary>What travels between processes keeps its names when code is renamed, and is never changed after it was sent.</summary>
public sealed class WireContractTests
{
    private static readonly string[] ContractRooms = ["Interfaces", "Grains"];

    // Calls that the engine makes for itself; the reason is why no token can be passed.
    private static readonly Dictionary<string, string> WithoutToken = new()
    {
        ["INodeService.DescribeAsync"] = "a grain service is cancelled by its own verb; the call ends after 10 seconds",
        ["INodeService.RunChunkAsync"] = "cancelled by INodeService.CancelAsync, which also reaches the workers",
        ["INodeService.CancelAsync"] = "it is the cancellation",
        ["INodeService.HoldAsync"] = "given up by INodeService.CancelAsync; it is granted or refused after 10 seconds",
        ["INodeService.ReleaseAsync"] = "only sets a gate; the call ends after 10 seconds",
        ["INodeService.ListBatchesAsync"] = "answers from memory; the call ends after 10 seconds",
        ["IBatchWorkerGrain.WorkAsync"] = "a cancellation does not reach a stateless worker; the node cancels the items",
    };

    [Fact]
    public void WireType_Every_HasAnAliasOfItsOwn()
    {
        var aliases = WireTypes().Select(type => (type, alias: Alias(type))).ToArray();

        aliases.Where(entry => entry.alias?.StartsWith("armature.", StringComparison.Ordinal) != true).ShouldBeEmpty();
        aliases.GroupBy(entry => entry.alias).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
    }

    [Fact]
    public void WireType_Every_IsImmutable()
    {
        // An exception carries a stack trace and is never immutable; it is copied.
        WireTypes()
            .Where(type => !typeof(Exception).IsAssignableFrom(type))
            .Where(type => !type.IsDefined(typeof(ImmutableAttribute), inherit: false))
            .ShouldBeEmpty();
    }

    [Fact]
    public void WireType_Every_HasNoSettableProperty()
    {
        WireTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(property => property.SetMethod is { IsPublic: true } setter && !IsInitOnly(setter))
            .Select(property => $"{property.DeclaringType}.{property.Name}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void GrainInterface_Every_HasAnAlias()
    {
        GrainInterfaces().Where(type => Alias(type)?.StartsWith("armature.", StringComparison.Ordinal) != true).ShouldBeEmpty();
    }

    [Fact]
    public void GrainMethod_Every_HasAnAlias()
    {
        GrainMethods().Where(method => Alias(method) is null).Select(Name).ShouldBeEmpty();
    }

    [Fact]
    public void GrainMethod_Every_EndsWithACancellationToken()
    {
        var without = GrainMethods().Where(method => method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken));

        without.Select(Name).ShouldBe(WithoutToken.Keys, ignoreOrder: true);
    }

    [Fact]
    public void GrainMethod_Every_TakesAndGivesWireTypes()
    {
        var own = GrainMethods()
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .SelectMany(Parts)
            .Where(type => type.Namespace?.StartsWith("Armature", StringComparison.Ordinal) == true && !type.IsEnum && !type.IsGenericParameter);

        own.Distinct().Where(type => !type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)).ShouldBeEmpty();
    }

    [Fact]
    public void Exception_Every_DerivesFromTheRoot()
    {
        var exceptions = House.Types(House.Rooms.Keys).Where(type => type.IsPublic && typeof(Exception).IsAssignableFrom(type));

        exceptions.Where(type => !typeof(ArmatureException).IsAssignableFrom(type)).ShouldBeEmpty();
    }

    private static IEnumerable<Type> WireTypes() =>
        House.Types(ContractRooms).Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false));

    private static IEnumerable<Type> GrainInterfaces() =>
        House.Types(ContractRooms).Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type));

    private static IEnumerable<MethodInfo> GrainMethods() => GrainInterfaces().SelectMany(type => type.GetMethods());

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type)
        : [type];

    private static string? Alias(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static bool IsInitOnly(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
}
