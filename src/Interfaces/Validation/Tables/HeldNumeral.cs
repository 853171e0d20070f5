namespace Armature.Validation.Tables;

/// <summary>A <see cref="Numeral"/> that is kept, with its own text.</summary>
internal sealed record HeldNumeral(NumeralKind Kind, byte[] Text, long Small, int Scale);
