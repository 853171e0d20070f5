using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;

namespace Armature.Validation.Tables;

/// <summary>The checks against slow ones that are plainly right, on random texts.</summary>
public sealed partial class ReferenceTests
{
    private static readonly Gen<string> GenDigits = Gen.OneOf(Gen.Char['0', '9'].Array[0, 4], Gen.Char['0', '1'].Array[0, 30]).Select(letters => new string(letters));

    // Mostly numbers, of all lengths, with zeros in all places.
    private static readonly Gen<string> GenNumber =
        from sign in Gen.OneOf("", "", "-", "+")
        from whole in GenDigits
        from point in Gen.OneOf("", ".")
        from fraction in GenDigits
        from exponent in Gen.OneOf("", "", "", "E2", "e-3", "E+21", "E-25", "E")
        select sign + whole + point + fraction + exponent;

    [Fact]
    public void Number_AnyTwo_CompareAsFractionsDo() =>
        Gen.Select(GenNumber, GenNumber).Sample((value, bound) =>
        {
            if (Fraction(bound) is not { } limit)
            {
                return;
            }

            var program = Cells.Compile($$"""
                "type": "number", "constraints": {"minimum": "{{bound}}", "maximum": "{{bound}}", "exclusiveMinimum": "{{bound}}", "exclusiveMaximum": "{{bound}}"}
                """);
            var expected = Fraction(value) is { } number
                ? number.CompareTo(limit) switch { < 0 => "min,exclusive_min", 0 => "exclusive_min,exclusive_max", _ => "max,exclusive_max" }
                : value.Length == 0 ? "" : "type";

            program.Codes(value).ShouldBe(expected);
        });

    [Fact]
    public void Number_AnyTwo_HaveEqualKeysWhenTheyAreEqual() =>
        Gen.Select(GenNumber, GenNumber).Sample((first, second) =>
        {
            var program = Cells.Compile("\"type\": \"number\"");
            if (Fraction(first) is { } a && Fraction(second) is { } b)
            {
                (program.Key(first) == program.Key(second)).ShouldBe(a == b);
            }
        });

    [Fact]
    public void Integer_AnyText_IsReadAsBigIntegersAre() =>
        Gen.Select(Gen.OneOf(GenNumber, Gen.String[Gen.Char["0123456789-+ ,"], 1, 25]), GenDigits).Sample((value, bound) =>
        {
            if (value.Length == 0 || bound.Length == 0)
            {
                return;
            }

            var program = Cells.Compile($"\"type\": \"integer\", \"constraints\": {{\"minimum\": \"{bound}\"}}");
            var expected = !IntegerForm().IsMatch(value) ? "type" : BigInteger.Parse(value, CultureInfo.InvariantCulture) < BigInteger.Parse(bound, CultureInfo.InvariantCulture) ? "min" : "";

            program.Codes(value).ShouldBe(expected);
        });

    [Fact]
    public void Date_AnyText_IsReadAsDateOnlyReads() =>
        Gen.Select(GenParts("-", 4, 2, 2), Gen.Int[1, DateOnly.MaxValue.DayNumber]).Sample((value, bound) =>
        {
            var minimum = DateOnly.FromDayNumber(bound);
            var program = Cells.Compile($"\"type\": \"date\", \"constraints\": {{\"minimum\": \"{minimum:yyyy-MM-dd}\"}}");
            var expected = DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date < minimum ? "min" : "" : "type";

            program.Codes(value).ShouldBe(expected);
        });

    [Fact]
    public void Date_AnyText_IsTheSameByItsPattern() =>
        GenParts("-", 4, 2, 2).Sample(value => Cells.Compile("\"type\": \"date\", \"format\": \"%Y-%m-%d\"").Key(value).ShouldBe(Cells.Compile("\"type\": \"date\"").Key(value)));

    [Fact]
    public void Time_AnyText_IsReadAsTimeOnlyReads() =>
        GenParts(":", 2, 2, 2).Sample(value =>
        {
            var program = Cells.Compile("\"type\": \"time\", \"constraints\": {\"minimum\": \"12:00:00\"}");
            var expected = TimeOnly.TryParseExact(value, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.Hour < 12 ? "min" : "" : "type";

            program.Codes(value).ShouldBe(expected);
        });

    [Fact]
    public void DateTime_AnyTwo_CompareAsDateTimeOffsetsDo() =>
        Gen.Select(GenMoment, GenMoment).Sample((value, bound) =>
        {
            var program = Cells.Compile($"\"type\": \"datetime\", \"constraints\": {{\"minimum\": \"{bound}\", \"maximum\": \"{bound}\"}}");
            var expected = Parse(value).CompareTo(Parse(bound)) switch { < 0 => "min", 0 => "", _ => "max" };

            program.Codes(value).ShouldBe(expected);
        });

    [Fact]
    public void Boolean_AnyText_IsOneOfTheValues() =>
        Gen.Select(Gen.String[Gen.Char["tf"], 0, 3].Array[1, 5], Gen.String[Gen.Char["tf"], 1, 3]).Sample((values, cell) =>
        {
            var yes = values.Distinct().ToArray();
            var program = Cells.Compile($"\"type\": \"boolean\", \"missingValues\": [], \"trueValues\": {JsonSerializer.Serialize(yes)}, \"falseValues\": [\"no\"]");

            program.Codes(cell).ShouldBe(yes.Contains(cell) ? "" : "type");
        });

    [Fact]
    public void Length_AnyText_CountsCodePoints() =>
        Gen.Select(Gen.OneOf("a", "ä", "€", "👍", "\u0301").Array[1, 12], Gen.Int[0, 12], Gen.Int[0, 12]).Sample((letters, least, most) =>
        {
            var cell = string.Concat(letters);
            var program = Cells.Compile($"\"type\": \"string\", \"constraints\": {{\"minLength\": {least}, \"maxLength\": {most}}}");
            var length = cell.EnumerateRunes().Count();
            string[] expected = [.. length < least ? ["min_length"] : Array.Empty<string>(), .. length > most ? ["max_length"] : Array.Empty<string>()];

            program.Codes(cell).ShouldBe(string.Join(',', expected));
        });

    [Fact]
    public void Json_AnyText_IsReadAsDotNetReads() =>
        Gen.OneOf("{", "}", "[", "]", ",", ":", "\"a\"", "\"\\n\"", "\"\\u00e4\"", "1", "-0.5e+7", "01", "true", "null", " ", "\n", "x", "\"", "\\").Array[1, 9].Sample(
            parts =>
            {
                var bytes = Encoding.UTF8.GetBytes(string.Concat(parts));

                JsonShape.IsJson(bytes, out _, out var count).ShouldBe(Read(bytes) is { } read, Encoding.UTF8.GetString(bytes));
                count.ShouldBe(Read(bytes) ?? count);
            },
            iter: 20_000);

    private static int? Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Array => document.RootElement.GetArrayLength(),
                JsonValueKind.Object => document.RootElement.EnumerateObject().Count(),
                _ => 0,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Gen<string> GenMoment =>
        from ticks in Gen.Long[new DateTime(1950, 1, 1).Ticks, new DateTime(2050, 1, 1).Ticks]
        from near in Gen.Bool
        from zone in Gen.OneOf("", "Z", "+00:00", "+05:30", "-11:00")
        let moment = new DateTime(near ? new DateTime(2000, 1, 1).Ticks + (ticks % TimeSpan.TicksPerDay / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour) : ticks)
        select moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + zone;

    private static DateTimeOffset Parse(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    // Numbers with a mark between, mostly of the lengths that they should have and not far from what they may be.
    private static Gen<string> GenParts(string mark, params int[] lengths) =>
        Gen.Select(Gen.OneOf(Gen.Int[0, 35], Gen.Int[1990, 2030], Gen.Int[0, 100]).Array[lengths.Length], Gen.OneOf(mark, mark, mark, "/"), Gen.OneOf(0, 0, 0, 1))
            .Select((numbers, between, longer) => string.Join(between, numbers.Select((number, place) => (lengths[place] == 4 ? number + 1990 : number).ToString($"D{lengths[place] + longer}", CultureInfo.InvariantCulture))));

    // A number as numerator over a power of ten that is the same for all.
    private static BigInteger? Fraction(string text)
    {
        if (NumberForm().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var fraction = match.Groups["fraction"].Value;
        var exponent = match.Groups["exponent"].Success ? int.Parse(match.Groups["exponent"].Value, CultureInfo.InvariantCulture) : 0;
        var digits = BigInteger.Parse("0" + match.Groups["whole"].Value + fraction, CultureInfo.InvariantCulture);
        return digits * BigInteger.Pow(10, 100 + exponent - fraction.Length) * (text[0] == '-' ? -1 : 1);
    }

    [GeneratedRegex(@"\A[+-]?(?=\.?[0-9])(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?([Ee](?<exponent>[+-]?[0-9]+))?\z")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"\A[+-]?[0-9]+\z")]
    private static partial Regex IntegerForm();
}
