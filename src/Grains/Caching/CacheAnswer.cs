namespace Armature.Caching;

/// <summary>What is known so far of the answer to a request. Of one call; not thread-safe.</summary>
internal sealed class CacheAnswer
{
    private readonly CacheOutcome[] _outcomes;
    private readonly PackedValues? _values;
    private readonly long[]? _ttls;
    private readonly long[]? _versions;
    private readonly long[]? _tokens;
    private Dictionary<int, ItemError>? _errors;
    private long _valueBytes;

    /// <summary>Begins an answer in which no key has been dealt with.</summary>
    public CacheAnswer(CacheRequest request)
    {
        var count = request.Keys.Count;
        _outcomes = new CacheOutcome[count];
        Array.Fill(_outcomes, CacheOutcome.NotHeld);
        _values = request.IsAnsweredByValues ? new(count) : null;
        _ttls = request.IsAnsweredByTtls ? new long[count] : null;
        _versions = request.IsAnsweredByVersions ? new long[count] : null;
        _tokens = request.IsAnsweredByTokens ? new long[count] : null;
        NotHeld = count;
    }

    private CacheAnswer(CacheAnswer whole)
    {
        _outcomes = whole._outcomes;
        _values = whole._values;
        _versions = whole._versions;
    }

    /// <summary>How many keys nobody has dealt with.</summary>
    public int NotHeld { get; private set; }

    /// <summary>The bytes of all values in it.</summary>
    public long ValueBytes => _valueBytes;

    /// <summary>How many values are in it.</summary>
    public int Given { get; private set; }

    public CacheOutcome this[int i] => _outcomes[i];

    public void Settle(int i, CacheOutcome outcome)
    {
        _outcomes[i] = outcome;
        NotHeld--;
    }

    public void Give(int i, in CachedValue found)
    {
        Settle(i, found.IsStale ? CacheOutcome.Stale : CacheOutcome.Done);
        _values![i] = found.Value;
        if (_versions is not null)
        {
            _versions[i] = found.Version;
        }

        _valueBytes += found.Value.Length;
        Given++;
    }

    /// <summary>Leaves a key as if nobody had dealt with it, which may be so.</summary>
    public void TakeBack(int i)
    {
        if (_outcomes[i] == CacheOutcome.NotHeld)
        {
            return;
        }

        _outcomes[i] = CacheOutcome.NotHeld;
        NotHeld++;
        _valueBytes -= _values![i].Length;
        _values[i] = default;
        Given--;
    }

    /// <summary>The bytes of a key's value.</summary>
    public int BytesOf(int i) => _values![i].Length;

    /// <summary>Bytes of values that may come into it yet.</summary>
    public long Reserved { get; set; }

    /// <summary>True when a value fits, and for the first whatever its size.</summary>
    public bool HasRoomFor(in CachedValue found, long room) => ValueBytes + Reserved is var bytes && (bytes == 0 || bytes + found.Value.Length <= room);

    public void Grant(int i, long token)
    {
        Settle(i, CacheOutcome.Granted);
        _tokens![i] = token;
    }

    /// <summary>Grants a lease, and gives a value that has expired for the case that the load fails.</summary>
    public void Grant(int i, long token, in CachedValue stale)
    {
        Give(i, stale);
        (_outcomes[i], _tokens![i]) = (CacheOutcome.GrantedOverStale, token);
    }

    /// <summary>Grants a lease for a value that was given.</summary>
    public void AddToken(int i, long token) => _tokens![i] = token;

    public void Number(int i, long version)
    {
        Settle(i, CacheOutcome.Done);
        if (_versions is not null)
        {
            _versions[i] = version;
        }
    }

    public void AddTtl(int i, long milliseconds) => _ttls![i] = milliseconds;

    public void Fail(int i, ItemError error)
    {
        Settle(i, CacheOutcome.Failed);
        (_errors ??= [])[i] = error;
    }

    /// <summary>For another thread, which reads other keys of the request: what it does is to be <see cref="Add"/>ed.</summary>
    public CacheAnswer Part() => new(this);

    /// <summary>Counts what was done in a <see cref="Part"/>.</summary>
    public void Add(CacheAnswer part)
    {
        NotHeld += part.NotHeld;
        Given += part.Given;
        _valueBytes += part._valueBytes;
    }

    /// <summary>Adds what another silo answered.</summary>
    /// <param name="reply">Its answer.</param>
    /// <param name="places">Where the keys that it was asked for have their places here.</param>
    public void Merge(CacheReply reply, ReadOnlySpan<int> places)
    {
        for (var i = 0; i < reply.Outcomes.Length; i++)
        {
            if (reply.Outcomes[i] == CacheOutcome.NotHeld)
            {
                continue;
            }

            var place = places[i];
            Settle(place, reply.Outcomes[i]);
            Copy(reply, i, place);
        }
    }

    public CacheReply ToReply() => new()
    {
        Outcomes = _outcomes,
        Values = _values,
        Ttls = _ttls,
        Errors = _errors,
        Versions = _versions,
        Tokens = _tokens,
    };

    private void Copy(CacheReply reply, int i, int place)
    {
        if (_values is not null)
        {
            _values[place] = reply.Values![i];
            _valueBytes += _values[place].Length;
        }

        if (_versions is not null)
        {
            _versions[place] = reply.Versions![i];
        }

        if (_ttls is not null)
        {
            _ttls[place] = reply.Ttls![i];
        }

        if (_tokens is not null)
        {
            _tokens[place] = reply.Tokens![i];
        }

        if (reply.Errors?.TryGetValue(i, out var error) == true)
        {
            (_errors ??= [])[place] = error;
        }
    }
}
