using System.Collections;

namespace Armature.Caching;

/// <summary>What became of entries that were to be written, in the caller's order: null for one that was, or its error.</summary>
public sealed class CacheSetResult : IReadOnlyList<ItemError?>
{
    private readonly ItemError?[] _errors;

    /// <summary>Creates the result from errors in the caller's order.</summary>
    public CacheSetResult(ItemError?[] errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        _errors = errors;
        Failed = errors.Length - errors.AsSpan().Count((ItemError?)null);
    }

    /// <summary>Entries in all.</summary>
    public int Count => _errors.Length;

    /// <summary>Entries that were not written.</summary>
    public int Failed { get; }

    /// <summary>Why entry <paramref name="index"/> was not written; null when it was.</summary>
    public ItemError? this[int index] => _errors[index];

    /// <inheritdoc />
    public IEnumerator<ItemError?> GetEnumerator() => ((IEnumerable<ItemError?>)_errors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
