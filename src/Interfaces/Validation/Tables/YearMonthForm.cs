namespace Armature.Validation.Tables;

/// <summary>Months of a year as XML Schema writes them (gYearMonth): 2024-01. No zone here.</summary>
internal readonly struct YearMonthForm : IValueForm<Moment>
{
    public string Says => "must be a year and a month such as 2024-01.";

    public bool TryRead(ReadOnlySpan<byte> text, out Moment value)
    {
        value = default;
        if (!YearForm.TryTake(ref text, out var year) || text is not [(byte)'-', _, _] || !Utf8Digits.TryTwo(text, 1, out var month) || month is < 1 or > 12)
        {
            return false;
        }

        value = new((year * 12) + month);
        return true;
    }
}
