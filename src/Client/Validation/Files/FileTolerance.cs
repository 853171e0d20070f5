using System.Globalization;

namespace Armature.Validation.Files;

/// <summary>How many bad rows a file may have: a number, or a share of its rows.</summary>
public readonly record struct FileTolerance
{
    private readonly decimal _most;
    private readonly bool _isPercent;

    private FileTolerance(decimal most, bool isPercent)
    {
        _most = most;
        _isPercent = isPercent;
    }

    /// <summary>None at all.</summary>
    public static FileTolerance None => default;

    /// <summary>A number of rows.</summary>
    public static FileTolerance Rows(long most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        return new(most, isPercent: false);
    }

    /// <summary>A share of all rows, 0 to 100.</summary>
    public static FileTolerance Percent(decimal most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 100);
        return new(most, isPercent: true);
    }

    /// <summary>Reads <c>20</c> or <c>1.5%</c>.</summary>
    public static bool TryParse(string? text, out FileTolerance tolerance)
    {
        tolerance = default;
        var isPercent = text is [.., '%'];
        var number = isPercent ? text![..^1] : text;
        const NumberStyles styles = NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(number, isPercent ? styles : NumberStyles.None, CultureInfo.InvariantCulture, out var most) || (isPercent && most > 100))
        {
            return false;
        }

        tolerance = new(most, isPercent);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_most}{(_isPercent ? "%" : "")}");

    internal bool Allows(long bad, long rows) => _isPercent ? bad * 100m <= _most * rows : bad <= _most;
}
