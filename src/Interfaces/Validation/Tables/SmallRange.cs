namespace Armature.Validation.Tables;

/// <summary>The numbers within all bounds of a column, of those that <see cref="SmallNumber"/> reads.</summary>
internal sealed class SmallRange
{
    private static readonly Int128[] PowersOfTen = [.. Enumerable.Range(0, Numeral.SmallDigits + 1).Select(PowerOfTen)];

    // By the number of decimals: the least digits and the most that are within the bounds.
    private readonly long[] _least = Filled(long.MinValue);
    private readonly long[] _most = Filled(long.MaxValue);

    /// <summary>Makes it; null where a bound has too many digits.</summary>
    public static SmallRange? Of(Bound<HeldNumeral>[] bounds)
    {
        var range = new SmallRange();
        foreach (var bound in bounds)
        {
            if (bound.At.Kind != NumeralKind.Small)
            {
                return null;
            }

            range.Add(bound);
        }

        return range;
    }

    /// <summary>Whether a number is within all bounds.</summary>
    /// <param name="digits">Its digits.</param>
    /// <param name="scale">How many of them are decimals.</param>
    public bool Has(long digits, int scale) => digits >= _least[scale] && digits <= _most[scale];

    private void Add(Bound<HeldNumeral> bound)
    {
        for (var scale = 0; scale <= Numeral.SmallDigits; scale++)
        {
            var (floor, isExact) = ScaledTo(scale, bound.At);
            if (bound.Highest > 0)
            {
                var isLeast = bound.Lowest == 0 && isExact;
                _least[scale] = Math.Max(_least[scale], Fit(isLeast ? floor : floor + 1));
            }
            else
            {
                var isMost = bound.Highest == 0 || !isExact;
                _most[scale] = Math.Min(_most[scale], Fit(isMost ? floor : floor - 1));
            }
        }
    }

    /// <summary>A bound in units of the last decimal, rounded down.</summary>
    private static (Int128 Floor, bool IsExact) ScaledTo(int scale, HeldNumeral bound)
    {
        if (scale >= bound.Scale)
        {
            return (bound.Small * PowersOfTen[scale - bound.Scale], true);
        }

        var (quotient, rest) = Int128.DivRem(bound.Small, PowersOfTen[bound.Scale - scale]);
        return (rest < 0 ? quotient - 1 : quotient, rest == 0);
    }

    private static long Fit(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);

    private static Int128 PowerOfTen(int exponent)
    {
        Int128 power = 1;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }

    private static long[] Filled(long value)
    {
        var filled = new long[Numeral.SmallDigits + 1];
        Array.Fill(filled, value);
        return filled;
    }
}
