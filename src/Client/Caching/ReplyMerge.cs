namespace Armature.Caching;

/// <summary>Puts the answers to the pages of a request together. Each key's answer is added once; pages may be added at the same time.</summary>
internal sealed class ReplyMerge
{
    private readonly CacheOutcome[] _outcomes;
    private readonly PackedValues? _values;
    private readonly long[]? _ttls;
    private readonly long[]? _versions;
    private readonly long[]? _tokens;
    private readonly Dictionary<int, ItemError> _errors = [];

    public ReplyMerge(CacheRequest request)
    {
        var count = request.Keys.Count;
        _outcomes = new CacheOutcome[count];
        _values = request.IsAnsweredByValues ? new(count) : null;
        _ttls = request.IsAnsweredByTtls ? new long[count] : null;
        _versions = request.IsAnsweredByVersions ? new long[count] : null;
        _tokens = request.IsAnsweredByTokens ? new long[count] : null;
    }

    /// <summary>Adds a page's answer.</summary>
    /// <param name="places">The places of its keys in the request.</param>
    /// <param name="reply">The answer.</param>
    /// <returns>The places that it left out.</returns>
    public int[] Add(int[] places, CacheReply reply)
    {
        var left = new List<int>();
        for (var i = 0; i < places.Length; i++)
        {
            var place = places[i];
            switch (reply.Outcomes[i])
            {
                case CacheOutcome.NotHeld:
                    left.Add(place);
                    continue;
                case CacheOutcome.Failed:
                    Fail(place, reply.Errors![i]);
                    continue;
            }

            _outcomes[place] = reply.Outcomes[i];
            Copy(reply.Ttls, i, _ttls, place);
            Copy(reply.Versions, i, _versions, place);
            Copy(reply.Tokens, i, _tokens, place);
            if (_values is not null && reply.Values is not null)
            {
                _values[place] = reply.Values[i];
            }
        }

        return [.. left];
    }

    public void Fail(int place, ItemError error)
    {
        _outcomes[place] = CacheOutcome.Failed;
        lock (_errors)
        {
            _errors.Add(place, error);
        }
    }

    /// <summary>The whole answer.</summary>
    public CacheReply ToReply() => new()
    {
        Outcomes = _outcomes,
        Values = _values,
        Ttls = _ttls,
        Versions = _versions,
        Tokens = _tokens,
        Errors = _errors.Count == 0 ? null : _errors,
    };

    private static void Copy(long[]? from, int index, long[]? to, int place)
    {
        if (from is not null && to is not null)
        {
            to[place] = from[index];
        }
    }
}
