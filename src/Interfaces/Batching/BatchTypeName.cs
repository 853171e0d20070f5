namespace Armature.Batching;

/// <summary>The name by which a caller's and a handler's types are compared.</summary>
public static class BatchTypeName
{
    /// <summary>The type's full name, with those of its type arguments and without assemblies or versions.</summary>
    public static string Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.ToString();
    }
}
