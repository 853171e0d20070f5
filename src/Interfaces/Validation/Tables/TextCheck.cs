namespace Armature.Validation.Tables;

/// <summary>The rules of a column of texts.</summary>
internal sealed class TextCheck(FieldSpec field, ColumnRules rules) : ValueCheck(field, rules)
{
    public override void Check(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
        if (!IsMissing(cell, sink))
        {
            CheckAllowed(cell, sink);
        }
    }

    public override bool TryGetKeyOfValue(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        key = cell;
        return true;
    }
}
