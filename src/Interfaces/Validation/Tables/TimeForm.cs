namespace Armature.Validation.Tables;

/// <summary>Times of day: 15:00:00.</summary>
internal readonly struct TimeForm : IValueForm<Moment>
{
    private const int Length = 8;

    public string Says => "must be a time of day such as 15:00:00.";

    public bool TryRead(ReadOnlySpan<byte> text, out Moment value)
    {
        value = default;
        if (text.Length != Length || text[2] != ':' || text[5] != ':'
            || !Utf8Digits.TryTwo(text, 0, out var hour) || !Utf8Digits.TryTwo(text, 3, out var minute) || !Utf8Digits.TryTwo(text, 6, out var second)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        value = new((hour * 3600) + (minute * 60) + second);
        return true;
    }
}
