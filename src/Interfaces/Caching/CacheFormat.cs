namespace Armature.Caching;

/// <summary>How a cache's values are bytes. All who use one cache choose the same.</summary>
public enum CacheFormat
{
    /// <summary>JSON, by System.Text.Json: readable by any language, and by a later version of the type.</summary>
    Json,

    /// <summary>The Orleans serializer: smaller, keeps references and exact types; for types with <c>[GenerateSerializer]</c> and those that Orleans knows.</summary>
    Orleans,

    /// <summary>The bytes themselves: values are <c>ReadOnlyMemory&lt;byte&gt;</c> (not copied) or <c>byte[]</c>.</summary>
    Raw,
}
