namespace Armature.Caching;

/// <summary>What a serializer's failure looks like to the caller.</summary>
internal static class SerializerErrors
{
    private const int MaxMessageLength = 2_048;

    public static ItemError Unwritable<T>(Exception exception) => new(
        CacheErrorCodes.ValueUnwritable,
        Shorten($"The value cannot be written as {typeof(T).Name} ({exception.GetType().Name}: {exception.Message}). Change the type, or give the cache another serializer."));

    public static ItemError Unreadable<T>(Exception exception) => new(
        CacheErrorCodes.ValueUnreadable,
        Shorten($"The stored bytes cannot be read as {typeof(T).Name} ({exception.GetType().Name}: {exception.Message}). Another serializer wrote them, or another version of the type: write the value again, or delete the key."));

    private static string Shorten(string message) => message.Length <= MaxMessageLength ? message : message[..MaxMessageLength];
}
