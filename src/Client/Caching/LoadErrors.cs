namespace Armature.Caching;

/// <summary>What those who wait for a value are told when there is none.</summary>
internal static class LoadErrors
{
    // Thousands of them fit into one message.
    private const int MaxCodeLength = 100;
    private const int MaxMessageLength = 500;

    public static ItemError NotMade() => new(
        CacheErrorCodes.ValueNotMade, "The factory gave no value for this key. Let it give one for every key that it is asked for, null if there is none.", Attempts: 1);

    public static ItemError Failed(Exception exception) =>
        Shorten(new(CacheErrorCodes.FactoryFailed, $"{exception.GetType().Name}: {exception.Message}", Attempts: 1));

    public static ItemError Shorten(ItemError error) =>
        error with { Code = Shorten(error.Code, MaxCodeLength), Message = Shorten(error.Message, MaxMessageLength) };

    private static string Shorten(string? text, int length) => text is null ? "" : text.Length <= length ? text : text[..length];
}
