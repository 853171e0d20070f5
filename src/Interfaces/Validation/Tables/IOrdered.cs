namespace Armature.Validation.Tables;

/// <summary>Values that come before and after one another.</summary>
internal interface IOrdered<T>
{
    /// <summary>What <see cref="Compare"/> says of values that do not come in any order: within no bounds.</summary>
    public const int Unordered = int.MinValue;

    /// <summary>-1, 0 or 1 as the first comes before, with or after the second; <see cref="Unordered"/> when that cannot be said.</summary>
    static abstract int Compare(in T a, in T b);

    /// <summary>Writes the value's key: equal bytes for equal values.</summary>
    ReadOnlySpan<byte> WriteKey(Span<byte> room);
}
