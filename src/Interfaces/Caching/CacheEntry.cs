namespace Armature.Caching;

/// <summary>What a cache has for one key: a value, nothing, or an error. A cached null is a value.</summary>
/// <typeparam name="T">The cache's values.</typeparam>
public readonly struct CacheEntry<T>
{
    // Millions of these are made: what is known beside the value is one reference.
    private readonly T? _value;
    private readonly object? _state;

    /// <summary>A value that was found.</summary>
    public CacheEntry(T value)
        : this(value, EntryState.Found)
    {
    }

    /// <summary>An error.</summary>
    public CacheEntry(ItemError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        _state = error;
    }

    private CacheEntry(T value, object state)
    {
        _value = value;
        _state = state;
    }

    /// <summary>True when there is an entry and it was read. False: it was never written, was deleted, expired or evicted, or there is an <see cref="Error"/>.</summary>
    public bool HasValue => _state is EntryState;

    /// <summary>True when the value has expired and is given because no newer one could be made, or not in time (<see cref="CacheLoadOptions.StaleFor"/>).</summary>
    public bool IsStale => ReferenceEquals(_state, EntryState.Stale);

    /// <summary>Why the key could not be read; null when it was, or when there is no entry.</summary>
    public ItemError? Error => _state as ItemError;

    /// <summary>The value; null where null was cached.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value => HasValue
        ? _value!
        : throw new InvalidOperationException(Error is null
            ? $"There is no entry. Ask {nameof(HasValue)} first, or use {nameof(GetValueOrDefault)}."
            : $"The entry was not read: {Error.Code}: {Error.Message}");

    /// <summary>The value, or <c>default</c> where there is none.</summary>
    public T? GetValueOrDefault() => _value;

    /// <summary>The value, or another where there is none.</summary>
    public T GetValueOrDefault(T other) => HasValue ? _value! : other;

    /// <summary>The same, as one that has expired; an error stays one.</summary>
    internal CacheEntry<T> AsStale() => HasValue ? new(_value!, EntryState.Stale) : this;
}
