using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>The check of a column that nobody asks about.</summary>
internal sealed class AnyCell : CellCheck
{
    public static AnyCell Instance { get; } = new();

    public override void Check(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
    }

    public override bool TryGetKey(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        key = cell;
        return true;
    }
}
