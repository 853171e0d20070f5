namespace Armature.Validation.Tables;

/// <summary>How a number is held. Those that have digits come first.</summary>
internal enum NumeralKind : byte
{
    Small,
    Large,
    NegativeInfinity,
    PositiveInfinity,
    NaN,
}
