namespace Armature.Caching;

/// <summary>Refuses requests for partitions that cannot be meant.</summary>
internal static class SelectionCheck
{
    public static string? FindWrong(CacheRequest request) => request switch
    {
        { Selection: null } => $"A request to {request.Operation} has no selection.",
        { Keys.Count: var count and > CacheLimits.Partitions } => $"A request is for {count:N0} partitions; there are {CacheLimits.Partitions}.",
        { Selection: { Kind: CacheSelectionKind.All, Text: not "" } } => "A selection of all has no text.",
        { Selection.Kind: CacheSelectionKind.Pattern } when !GlobPattern.TryParse(request.Selection.Text, out _, out var wrong) => wrong,
        { Selection.Kind: CacheSelectionKind.Tag } when CacheTag.Check(request.Selection.Text) is { } wrong => wrong,
        { Selection.Kind: > CacheSelectionKind.Tag } => $"There is no selection by {request.Selection.Kind}.",
        { Selection.MaxKeys: < 0 or > CacheScanPart.MostKeys } =>
            $"{request.Selection.MaxKeys:N0} keys are asked for; each partition lists 0 to {CacheScanPart.MostKeys:N0}.",
        _ when !ArePartitions(request.Keys) => "The keys of a request for partitions have one byte each.",
        _ => null,
    };

    private static bool ArePartitions(PackedKeys keys)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Length != 1)
            {
                return false;
            }
        }

        return true;
    }
}
