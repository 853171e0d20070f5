using System.Text;
using CsCheck;

namespace Armature.Validation.Tables;

public sealed class SmallRangeTests
{
    private static readonly Gen<string> GenDigits = Gen.OneOf(Gen.String[Gen.Char["012."], 1, 3], Gen.String[Gen.Char["0129."], 1, 6], Gen.String[Gen.Char["0123456789"], 1, 18], Gen.String[Gen.Char["019."], 1, 20]);

    private static readonly Gen<string> GenNumber = Gen.Select(Gen.OneOf("", "-", "+"), GenDigits, static (sign, digits) => sign + digits);

    // As the bounds of a field have them: at least, more than, at most, less than.
    private static readonly Gen<(int Lowest, int Highest)> GenOrder = Gen.OneOf((0, 1), (1, 1), (-1, 0), (-1, -1));

    [Fact]
    public void Has_AnyNumber_AsItsBoundsAllow() =>
        Gen.Select(GenNumber, Gen.Select(GenNumber, GenOrder).Array[0, 3]).Sample((number, limits) =>
        {
            var bytes = Encoding.UTF8.GetBytes(number);
            var bounds = limits.Select(static limit => BoundOf(limit.Item1, limit.Item2)).OfType<Bound<HeldNumeral>>().ToArray();
            if (SmallRange.Of(bounds) is not { } range || !SmallNumber.TryRead(bytes, out var digits, out var scale))
            {
                return true;
            }

            return range.Has(digits, scale) == Array.TrueForAll(bounds, bound => IsAllowed(bound, bytes));
        });

    [Theory]
    [InlineData("-1.5", 0, 1, -1, true)] // at least
    [InlineData("-1.5", 0, 1, -2, false)]
    [InlineData("-1.5", -1, 0, -2, true)] // at most
    [InlineData("-1.5", -1, 0, -1, false)]
    [InlineData("1.5", 0, 1, 2, true)]
    [InlineData("1.5", 0, 1, 1, false)]
    public void Has_BoundOfMoreDecimals_LiesBetweenTwoNumbers(string bound, int lowest, int highest, long number, bool expected) =>
        SmallRange.Of([BoundOf(bound, (lowest, highest))!.Value])!.Has(number, scale: 0).ShouldBe(expected);

    [Fact]
    public void Of_BoundOfManyDigits_IsNone()
    {
        SmallRange.Of([BoundOf("1234567890123456789", (0, 1))!.Value]).ShouldBeNull();
        SmallRange.Of([BoundOf("INF", (-1, 0))!.Value]).ShouldBeNull();
        SmallRange.Of([]).ShouldNotBeNull().Has(long.MinValue, 0).ShouldBeTrue();
    }

    [Theory]
    [InlineData("0", 0L, 0)]
    [InlineData("-.5", -5L, 1)]
    [InlineData("+5.", 5L, 0)]
    [InlineData("007.250", 7250L, 3)]
    [InlineData("-999999999999999999", null, 0)] // with its sign it is too long
    [InlineData("999999999999999999", 999999999999999999L, 0)]
    [InlineData(".", null, 0)]
    [InlineData("-.", null, 0)]
    [InlineData("-", null, 0)]
    [InlineData("", null, 0)]
    [InlineData("1.2.3", null, 0)]
    [InlineData("1E5", null, 0)]
    [InlineData("--1", null, 0)]
    public void TryRead_Text_AsWritten(string text, long? digits, int scale)
    {
        var isRead = SmallNumber.TryRead(Encoding.UTF8.GetBytes(text), out var read, out var readScale);

        (isRead ? read : (long?)null, isRead ? readScale : 0).ShouldBe((digits, scale));
    }

    [Fact]
    public void TryReadInteger_AnyText_AsTheRuntimeReadsIt() => Gen.OneOf(GenNumber, Gen.String[Gen.Char["+-09a/:"], 0, 4], Gen.String[Gen.Char["09"], 17, 20].Select(static digits => "-" + digits)).Sample(text =>
    {
        var isRead = SmallNumber.TryReadInteger(Encoding.UTF8.GetBytes(text), out var value);
        var digits = text is ['-' or '+', ..] ? text[1..] : text;

        return isRead == (digits.Length is > 0 and <= 18 && digits.All(char.IsAsciiDigit)) && (!isRead || value.ToString() == (value == 0 ? "0" : (text[0] == '-' ? "-" : "") + digits.TrimStart('0')));
    });

    private static Bound<HeldNumeral>? BoundOf(string text, (int Lowest, int Highest) order) =>
        Numeral.TryRead(Encoding.UTF8.GetBytes(text), out var number) ? new Bound<HeldNumeral>(number.Hold(), order.Lowest, order.Highest, 0) : null;

    private static bool IsAllowed(Bound<HeldNumeral> bound, byte[] number)
    {
        Numeral.TryRead(number, out var value).ShouldBeTrue();
        return bound.Allows(Numeral.Compare(value, new(bound.At)));
    }
}
