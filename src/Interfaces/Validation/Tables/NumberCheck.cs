using System.Text;

namespace Armature.Validation.Tables;

/// <summary>The rules of a column of numbers.</summary>
internal sealed class NumberCheck : ValueCheck
{
    private readonly NumberForm _form;
    private readonly int _typeRule;
    private readonly Bound<HeldNumeral>[] _bounds;
    private readonly SmallRange? _range;

    public NumberCheck(FieldSpec field, ColumnRules rules, Violations violations)
        : base(field, rules)
    {
        _form = new(field);
        _typeRule = rules.Add(TableCodes.Type, field.Type == FieldTypes.Integer ? "must be a whole number." : "must be a number.");
        _bounds = [.. BoundSpec.Of(field).Select(bound => Compile(bound, field, rules, violations)).OfType<Bound<HeldNumeral>>()];
        _range = SmallRange.Of(_bounds);
    }

    public override void Check(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
        if (IsMissing(cell, sink))
        {
            return;
        }

        if (_range is { } range && !IsListed && _form.TryReadSmall(cell, out var digits, out var scale) && range.Has(digits, scale))
        {
            return;
        }

        CheckAny(cell, sink);
    }

    public override bool TryGetKeyOfValue(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        if (_form.TryReadSmall(cell, out var digits, out var scale))
        {
            key = NumeralDigits.WriteKey(digits, -scale, room);
            return true;
        }

        var isNumber = _form.TryRead(cell, out var value);
        key = isNumber ? value.WriteKey(room) : default;
        return isNumber;
    }

    public override bool TryGetKey(SpecValue value, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        var isNumber = TryRead(value, out var number);
        key = isNumber ? number.WriteKey(room) : default;
        return isNumber;
    }

    private void CheckAny(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
        if (!_form.TryRead(cell, out var value))
        {
            sink.Break(_typeRule);
            return;
        }

        // NaN is within no bounds.
        foreach (ref readonly var bound in _bounds.AsSpan())
        {
            if (value.IsNaN || !bound.Allows(Numeral.Compare(value, new(bound.At))))
            {
                sink.Break(bound.Rule);
            }
        }

        CheckAllowed(cell, sink);
    }

    private Bound<HeldNumeral>? Compile(BoundSpec bound, FieldSpec field, ColumnRules rules, Violations violations)
    {
        if (TryRead(bound.Value, out var number) && !number.IsNaN)
        {
            return new(number.Hold(), bound.Lowest, bound.Highest, rules.Add(bound.Code, bound.Says));
        }

        violations.Add(bound.Value.Pointer, $"must be a value of type {field.Type}, not {bound.Value.Shown}.");
        return null;
    }

    private bool TryRead(SpecValue value, out Numeral number)
    {
        var text = Encoding.UTF8.GetBytes(value.Text);
        return value.IsText ? _form.TryRead(text, out number) : _form.TryReadPlain(text, out number);
    }
}
