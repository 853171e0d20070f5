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
            _ => null,
        },
        { Load.WaitMilliseconds: not 0 } => $"A request to {request.Operation} waits for nothing.",
        _ when request.Load.Tokens?.Length != request.Keys.Count => $"A request to {request.Operation} has a token for each key.",
        { Operation: CacheOperation.FailLoad } when request.Load.Errors?.Length != request.Keys.Count => "Loads that failed have an error each.",
        _ => null,
    };
}
