namespace Armature.Validation.Tables;

/// <summary>Dates as ISO 8601 writes them: 2024-01-26.</summary>
internal readonly struct DateForm : IValueForm<Moment>
{
    private const int Length = 10;

    public string Says => "must be a date such as 2024-01-26.";

    public bool TryRead(ReadOnlySpan<byte> text, out Moment value)
    {
        value = default;
        if (text.Length != Length || text[4] != '-' || text[7] != '-'
            || !Utf8Digits.TryTwo(text, 0, out var century) || !Utf8Digits.TryTwo(text, 2, out var year)
            || !Utf8Digits.TryTwo(text, 5, out var month) || !Utf8Digits.TryTwo(text, 8, out var day)
            || !Calendar.IsDay((century * 100) + year, month, day))
        {
            return false;
        }

        value = new(Calendar.DayNumber((century * 100) + year, month, day) * Calendar.SecondsOfDay);
        return true;
    }
}
