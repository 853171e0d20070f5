using System.Text;

namespace Armature.Validation.Tables;

/// <summary>What the checks of all types have in common: values that are missing, and values that are listed.</summary>
internal abstract class ValueCheck : CellCheck
{
    private readonly MissingValues _missing;
    private readonly int _longestMissing;
    private readonly int _requiredRule;
    private AllowedValues[] _allowed = [];

    protected ValueCheck(FieldSpec field, ColumnRules rules)
    {
        _missing = new(field.MissingValues);
        _longestMissing = _missing.Longest;
        _requiredRule = rules.AddIf(field.IsRequired, ValidationCodes.Required, "is missing.");
    }

    /// <summary>Adds a list of values that are allowed. They are compared by their keys.</summary>
    public void Allow(AllowedValues values) => _allowed = [.. _allowed, values];

    public sealed override bool TryGetKey(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        if (_missing.Has(cell))
        {
            key = default;
            return false;
        }

        return TryGetKeyOfValue(cell, room, out key);
    }

    /// <summary>The key of a cell that is not missing; false when it cannot be read.</summary>
    public abstract bool TryGetKeyOfValue(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key);

    /// <summary>The key of a value that the schema has; false when it is not one of the type.</summary>
    /// <param name="value">The value: a text is read as a cell is.</param>
    /// <param name="room">At least <see cref="CellCheck.KeyRoom"/> bytes.</param>
    /// <param name="key">The key.</param>
    public virtual bool TryGetKey(SpecValue value, Span<byte> room, out ReadOnlySpan<byte> key) => TryGetKeyOfValue(Encoding.UTF8.GetBytes(value.Text), room, out key);

    /// <summary>True when the cell has no value, so that nothing else is to be checked.</summary>
    protected bool IsMissing(ReadOnlySpan<byte> cell, IRuleSink sink) => cell.Length <= _longestMissing && IsMissingText(cell, sink);

    /// <summary>Whether there are lists of values.</summary>
    protected bool IsListed => _allowed.Length > 0;

    /// <summary>Checks a value that has been read against the lists.</summary>
    protected void CheckAllowed(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
        if (IsListed)
        {
            CheckKeyOf(cell, sink);
        }
    }

    /// <summary>Checks the key of a value against the lists.</summary>
    protected void CheckKey(ReadOnlySpan<byte> key, IRuleSink sink)
    {
        foreach (var allowed in _allowed)
        {
            if (!allowed.Keys.Contains(key))
            {
                sink.Break(allowed.Rule);
            }
        }
    }

    private bool IsMissingText(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
        if (!_missing.Has(cell))
        {
            return false;
        }

        if (_requiredRule != ColumnRules.None)
        {
            sink.Break(_requiredRule);
        }

        return true;
    }

    private void CheckKeyOf(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
        Span<byte> room = stackalloc byte[KeyRoom];
        if (TryGetKeyOfValue(cell, room, out var key))
        {
            CheckKey(key, sink);
        }
    }
}
