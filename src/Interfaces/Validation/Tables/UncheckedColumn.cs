namespace Armature.Validation.Tables;

/// <summary>A column that the schema does not speak of.</summary>
internal sealed class UncheckedColumn : CellCheck
{
    public static readonly UncheckedColumn Instance = new();

    public override void Check(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
    }

    public override bool TryGetKey(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        key = cell;
        return true;
    }
}
