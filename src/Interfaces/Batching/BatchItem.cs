using System.Diagnostics.CodeAnalysis;

namespace Armature.Batching;

/// <summary>What became of one item: a value or an error.</summary>
/// <typeparam name="TResult">The handler's result.</typeparam>
public sealed record BatchItem<TResult>
{
    private readonly TResult? _value;

    /// <summary>A result.</summary>
    public BatchItem(int index, TResult value)
    {
        Index = index;
        _value = value;
    }

    /// <summary>An error.</summary>
    public BatchItem(int index, ItemError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Index = index;
        Error = error;
    }

    /// <summary>The item's place in the caller's order, from 0.</summary>
    public int Index { get; }

    /// <summary>Why the item failed; null when it succeeded.</summary>
    public ItemError? Error { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The result.</summary>
    /// <exception cref="InvalidOperationException">The item failed; the message has its error.</exception>
    public TResult Value => IsSuccess
        ? _value!
        : throw new InvalidOperationException($"Item {Index} failed: {Error.Code}: {Error.Message}");
}
