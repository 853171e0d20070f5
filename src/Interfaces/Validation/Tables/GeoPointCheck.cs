using System.Text;
using System.Text.Json;

namespace Armature.Validation.Tables;

/// <summary>The rules of a column of points on earth: a longitude from -180 to 180 and a latitude from -90 to 90.</summary>
internal sealed class GeoPointCheck : ValueCheck
{
    private static readonly HeldNumeral MaxLongitude = Hold("180");
    private static readonly HeldNumeral MinLongitude = Hold("-180");
    private static readonly HeldNumeral MaxLatitude = Hold("90");
    private static readonly HeldNumeral MinLatitude = Hold("-90");

    private readonly GeoPointForm _form;
    private readonly int _typeRule;

    public GeoPointCheck(GeoPointForm form, FieldSpec field, ColumnRules rules)
        : base(field, rules)
    {
        _form = form;
        var shown = form switch
        {
            GeoPointForm.Text => "90.50, 45.50",
            GeoPointForm.Array => "[90.50, 45.50]",
            _ => """{"lon": 90.50, "lat": 45.50}""",
        };
        _typeRule = rules.Add(TableCodes.Type, $"must be a point such as {shown}: longitude from -180 to 180, latitude from -90 to 90.");
    }

    public override void Check(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
        if (IsMissing(cell, sink))
        {
            return;
        }

        if (!TryRead(cell, out _, out _))
        {
            sink.Break(_typeRule);
            return;
        }

        CheckAllowed(cell, sink);
    }

    public override bool TryGetKeyOfValue(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        if (!TryRead(cell, out var longitude, out var latitude))
        {
            key = default;
            return false;
        }

        Span<byte> whole = stackalloc byte[2 * KeyRoom];
        var first = longitude.WriteKey(whole).Length;
        var second = latitude.WriteKey(whole[first..]).Length;
        key = LongKey.Fit(whole[..(first + second)], room);
        return true;
    }

    private bool TryRead(ReadOnlySpan<byte> cell, out Numeral longitude, out Numeral latitude)
    {
        latitude = default;
        return _form switch
        {
            GeoPointForm.Text => TryReadText(cell, out longitude, out latitude),
            GeoPointForm.Array => TryReadArray(cell, out longitude, out latitude),
            _ => TryReadObject(cell, out longitude, out latitude),
        } && IsWithin(longitude, MinLongitude, MaxLongitude) && IsWithin(latitude, MinLatitude, MaxLatitude);
    }

    private static bool TryReadText(ReadOnlySpan<byte> cell, out Numeral longitude, out Numeral latitude)
    {
        var comma = cell.IndexOf((byte)',');
        longitude = latitude = default;
        return comma > 0 && Numeral.TryRead(cell[..comma], out longitude) && Numeral.TryRead(cell[(comma + 1)..].TrimStart((byte)' '), out latitude);
    }

    private static bool TryReadArray(ReadOnlySpan<byte> cell, out Numeral longitude, out Numeral latitude)
    {
        longitude = latitude = default;
        if (!JsonShape.IsJson(cell, out var kind, out var count) || kind != '[' || count != 2)
        {
            return false;
        }

        var reader = new Utf8JsonReader(cell);
        reader.Read();
        return TryReadNumber(ref reader, out longitude) && TryReadNumber(ref reader, out latitude);
    }

    private static bool TryReadObject(ReadOnlySpan<byte> cell, out Numeral longitude, out Numeral latitude)
    {
        longitude = latitude = default;
        if (!JsonShape.IsJson(cell, out var kind, out var count) || kind != '{' || count != 2)
        {
            return false;
        }

        var (hasLongitude, hasLatitude) = (false, false);
        var reader = new Utf8JsonReader(cell);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("lon"u8))
            {
                hasLongitude = TryReadNumber(ref reader, out longitude);
            }
            else if (reader.ValueTextEquals("lat"u8))
            {
                hasLatitude = TryReadNumber(ref reader, out latitude);
            }
            else
            {
                return false;
            }
        }

        return hasLongitude && hasLatitude;
    }

    private static bool TryReadNumber(scoped ref Utf8JsonReader reader, out Numeral number)
    {
        number = default;
        return reader.Read() && reader.TokenType == JsonTokenType.Number && Numeral.TryRead(reader.ValueSpan, out number);
    }

    private static bool IsWithin(in Numeral value, HeldNumeral least, HeldNumeral most) =>
        !value.IsNaN && Numeral.Compare(value, new(least)) >= 0 && Numeral.Compare(value, new(most)) <= 0;

    private static HeldNumeral Hold(string text)
    {
        _ = Numeral.TryRead(Encoding.UTF8.GetBytes(text), out var number);
        return number.Hold();
    }
}
