namespace Armature.Caching;

/// <summary>Refuses requests that cannot be meant, before any of their keys is dealt with.</summary>
internal static class CacheRequestCheck
{
    /// <exception cref="ArgumentException">It cannot be meant; the message says why.</exception>
    public static void ThrowIfInvalid(CacheRequest request)
    {
        if (FindWrong(request) is { } wrong)
        {
            throw new ArgumentException(wrong, nameof(request));
        }
    }

    private static string? FindWrong(CacheRequest request) => request switch
    {
        { Cache: null } or { Keys: null or { Bytes: null } } => "A request names a cache and has keys.",
        { Cache: var name } when !IsName(name) =>
            $"A cache's name has 1 to {CacheLimits.MaxNameLength} characters, none of them a control character.",
        { Keys.Count: var count and > CacheLimits.MaxKeys } =>
            $"A request has {count:N0} keys; {CacheLimits.MaxKeys:N0} are allowed. Ask in several.",
        { Operation: < CacheOperation.Get or > CacheOperation.RenewLoad } =>
            $"There is no operation {request.Operation}.",
        { Keys: var keys } when FindWrong(keys) is { } wrong => wrong,
        { Operation: CacheOperation.Set or CacheOperation.CompleteLoad } when request.Values?.Count != request.Keys.Count =>
            $"A request to write {request.Keys.Count:N0} keys has {request.Values?.Count ?? 0:N0} values; it needs one for each.",
        { Expiries.Length: var given and > 1 } when given != request.Keys.Count =>
            $"A request with {request.Keys.Count:N0} keys has {given:N0} expiries; give none, one for all, or one for each.",
        { Expiries: { } expiries } when Array.Exists(expiries, static expiry => expiry is { Milliseconds: < 1 } && expiry != default) =>
            "An entry lives for a millisecond at least. To remove it, delete it.",
        { Tags: { Length: > 0 } tags } when CacheTag.Check(tags) is { } wrong => wrong,
        { IsForPartitions: true } => SelectionCheck.FindWrong(request),
        { Operation: >= CacheOperation.Load } => LoadCheck.FindWrong(request),
        _ => null,
    };

    /// <summary>Whether a cache may have this name.</summary>
    public static bool IsName(string name)
    {
        foreach (var character in name)
        {
            if (char.IsControl(character))
            {
                return false;
            }
        }

        return name.Length is > 0 and <= CacheLimits.MaxNameLength;
    }

    private static string? FindWrong(PackedKeys keys)
    {
        var end = 0;
        foreach (var next in keys.Ends)
        {
            if (next < end || next > keys.Bytes.Length)
            {
                return "The ends of the keys do not rise, or lie behind their bytes.";
            }

            if (next - end > StoreKeys.MaxKeyBytes)
            {
                return $"A key has {next - end:N0} bytes; {StoreKeys.MaxKeyBytes:N0} are allowed. Use a shorter one, such as a hash of it.";
            }

            end = next;
        }

        return null;
    }
}
