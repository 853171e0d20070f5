using System.Text;

namespace Armature.Validation.Tables;

/// <summary>The rules of a column of dates, times or durations. Compiled by the runtime for each form, so that reading is no call.</summary>
internal sealed class OrderedCheck<TForm, TValue> : ValueCheck
    where TForm : struct, IValueForm<TValue>
    where TValue : struct, IOrdered<TValue>
{
    private readonly TForm _form;
    private readonly int _typeRule;
    private readonly Bound<TValue>[] _bounds;

    public OrderedCheck(TForm form, FieldSpec field, ColumnRules rules, Violations violations)
        : base(field, rules)
    {
        _form = form;
        _typeRule = rules.Add(TableCodes.Type, form.Says);
        _bounds = [.. BoundSpec.Of(field).Select(bound => Compile(bound, rules, violations)).OfType<Bound<TValue>>()];
    }

    public override void Check(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
        if (IsMissing(cell, sink))
        {
            return;
        }

        if (!_form.TryRead(cell, out var value))
        {
            sink.Break(_typeRule);
            return;
        }

        foreach (ref readonly var bound in _bounds.AsSpan())
        {
            if (!bound.Allows(TValue.Compare(value, bound.At)))
            {
                sink.Break(bound.Rule);
            }
        }

        CheckAllowed(cell, sink);
    }

    public override bool TryGetKeyOfValue(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        var isValue = _form.TryRead(cell, out var value);
        key = isValue ? value.WriteKey(room) : default;
        return isValue;
    }

    private Bound<TValue>? Compile(BoundSpec bound, ColumnRules rules, Violations violations)
    {
        if (_form.TryRead(Encoding.UTF8.GetBytes(bound.Value.Text), out var value))
        {
            return new(value, bound.Lowest, bound.Highest, rules.Add(bound.Code, bound.Says));
        }

        violations.Add(bound.Value.Pointer, $"{_form.Says.TrimEnd('.')} as the field's values are, not {bound.Value.Shown}.");
        return null;
    }
}
