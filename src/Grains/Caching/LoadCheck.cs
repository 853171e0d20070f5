namespace Armature.Caching;

/// <summary>Refuses requests about loads that cannot be meant.</summary>
internal static class LoadCheck
{
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
        _ => null,
    };
}
