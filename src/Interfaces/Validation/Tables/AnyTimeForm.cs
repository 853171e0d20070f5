using System.Globalization;
using System.Text.Unicode;

namespace Armature.Validation.Tables;

/// <summary>Dates and times in any form that .NET reads in the invariant culture (12/31/2024 is the last of December).</summary>
internal readonly struct AnyTimeForm(string type) : IValueForm<Moment>
{
    private const int MaxLength = 100; // Bytes of a text that can be a date.

    public string Says => type switch
    {
        FieldTypes.Date => "must be a date.",
        FieldTypes.Time => "must be a time of day.",
        _ => "must be a date and time.",
    };

    public bool TryRead(ReadOnlySpan<byte> text, out Moment value)
    {
        value = default;
        Span<char> room = stackalloc char[MaxLength];
        if (text.Length > MaxLength || Utf8.ToUtf16(text, room, out _, out var length) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        ReadOnlySpan<char> letters = room[..length];
        if (type == FieldTypes.Time)
        {
            var isTime = TimeOnly.TryParse(letters, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
            value = Of(time.Ticks);
            return isTime;
        }

        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.NoCurrentDateDefault;
        if (!DateTime.TryParse(letters, CultureInfo.InvariantCulture, Styles, out var read) || read.Date == DateTime.MinValue)
        {
            return false;
        }

        value = Of((type == FieldTypes.Date ? read.Date : read).Ticks - DateTime.UnixEpoch.Ticks);
        return true;
    }

    private static Moment Of(long ticks)
    {
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0 ? new(seconds - 1, (int)(rest + TimeSpan.TicksPerSecond) * 100) : new(seconds, (int)rest * 100);
    }
}
