using System.Text;
using System.Text.Json;

namespace Armature.Validation.Tables;

/// <summary>The rules of a column of true and false.</summary>
internal sealed class BooleanCheck : ValueCheck
{
    private readonly KeySet _true;
    private readonly KeySet _false;
    private readonly int _typeRule;

    public BooleanCheck(FieldSpec field, ColumnRules rules)
        : base(field, rules)
    {
        _true = new(Array.ConvertAll(field.TrueValues, Encoding.UTF8.GetBytes));
        _false = new(Array.ConvertAll(field.FalseValues, Encoding.UTF8.GetBytes));
        _typeRule = rules.Add(TableCodes.Type, $"must be true or false, written as one of {string.Join(", ", field.TrueValues.Concat(field.FalseValues))}.");
    }

    private static ReadOnlySpan<byte> TrueKey => "t"u8;

    private static ReadOnlySpan<byte> FalseKey => "f"u8;

    public override void Check(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
        if (IsMissing(cell, sink))
        {
            return;
        }

        if (!_true.Contains(cell) && !_false.Contains(cell))
        {
            sink.Break(_typeRule);
            return;
        }

        CheckAllowed(cell, sink);
    }

    public override bool TryGetKeyOfValue(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        var isTrue = _true.Contains(cell);
        key = isTrue ? TrueKey : FalseKey;
        return isTrue || _false.Contains(cell);
    }

    public override bool TryGetKey(SpecValue value, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        if (value.IsText)
        {
            return base.TryGetKey(value, room, out key);
        }

        key = value.Kind == JsonValueKind.True ? TrueKey : FalseKey;
        return value.Kind is JsonValueKind.True or JsonValueKind.False;
    }
}
