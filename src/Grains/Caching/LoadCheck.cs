namespace Armature.Caching;

/// <summary>Refuses requests about loads that cannot be meant.</summary>
internal static class LoadCheck
{
    private const int MaxCodeLength = 128;
    private const int MaxMessageLength = 2_048;
    private const int LongestPause = 3_600_000;

    public static string? FindWrong(CacheRequest request) => request switch
    {
        { Load: null } => $"A request to {request.Operation} does not say which loads.",
        { Operation: CacheOperation.Load } => request.Load switch
        {
            { Asker: 0 } => "A caller that asks to load has a number of its own other than 0.",
            { WaitMilliseconds: < 0 } => "A wait is 0 milliseconds at least.",
            { Stale: < StaleUse.None or > StaleUse.AtOnce } => $"There is no use {request.Load.Stale} of values that have expired.",
            { RefreshAhead: not (>= 0 and < 1) } => "Entries are made anew after a part of their time to live, between 0 and 1.",
            _ => null,
        },
        { Load.WaitMilliseconds: not 0 } => $"A request to {request.Operation} waits for nothing.",
        _ when request.Load.Tokens?.Length != request.Keys.Count => $"A request to {request.Operation} has a token for each key.",
        { Operation: CacheOperation.FailLoad } when request.Load.Errors?.Length != request.Keys.Count => "Loads that failed have an error each.",
        { Load.StaleSeconds: < 0 } or { Load.JitterMilliseconds: < 0 } or { Load.PauseMilliseconds: < 0 } => "Times are 0 at least.",
        { Load.PauseMilliseconds: > LongestPause } => "A pause is an hour at most.",
        { Operation: CacheOperation.FailLoad } when !Array.TrueForAll(request.Load.Errors!, IsShort) =>
            $"An error has a code of at most {MaxCodeLength} characters and a message of at most {MaxMessageLength:N0}.",
        _ => null,
    };

    // It goes to all who wait for the key.
    private static bool IsShort(ItemError error) => error is { Code.Length: <= MaxCodeLength, Message.Length: <= MaxMessageLength };
}
