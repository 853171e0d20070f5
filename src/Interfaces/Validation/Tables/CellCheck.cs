namespace Armature.Validation.Tables;

/// <summary>The rules of one column, compiled. For one thread at a time: it may hold a regular expression and buffers.</summary>
internal abstract class CellCheck
{
    /// <summary>The most bytes that <see cref="TryGetKey"/> writes into the room it is given.</summary>
    public const int KeyRoom = 64;

    /// <summary>Checks a cell and tells of each rule that it breaks, in the order of the rules.</summary>
    /// <param name="cell">The cell's UTF-8 bytes, without quotes; valid UTF-8.</param>
    /// <param name="sink">Is told.</param>
    public abstract void Check(ReadOnlySpan<byte> cell, IRuleSink sink);

    /// <summary>What the cell is called when cells are compared: equal bytes for equal values (<c>1.0</c> and <c>1</c> of a number).</summary>
    /// <param name="cell">The cell's UTF-8 bytes, without quotes; valid UTF-8.</param>
    /// <param name="room">At least <see cref="KeyRoom"/> bytes to write in.</param>
    /// <param name="key">The bytes: of the cell itself, or written into <paramref name="room"/>. May be empty: an empty text is a value too.</param>
    /// <returns>False when the cell has no value (it is missing) or one that cannot be read.</returns>
    public abstract bool TryGetKey(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key);
}
