using System.Globalization;
using System.Text;
using Armature.Validation.Tables;
using CsCheck;

namespace Armature.Validation.Files;

/// <summary>A random file of shipments, and what the rules say of its rows one by one.</summary>
internal sealed record RandomShipments(string[][] Rows)
{
    private static readonly string CellCount = FaultRules.Of(columns: 5, 0, 0).Single(static rule => rule.Code == "cell_count").Message;

    public static Gen<RandomShipments> Gen { get; } =
        (from name in OneOf("a", "b", "abc", "bab", "too long", "a\nb", "\"q\"", "ä", "")
         from amount in OneOf("0", "1", "3", "5", "6", "7", "-8", "x", "")
         from country in OneOf("de", "xx", "")
         from pin in OneOf("1", "10", "11", "secret", "")
         from cells in CsCheck.Gen.Frequency((12, CsCheck.Gen.Const(4)), (1, CsCheck.Gen.Int[2, 5]))
         select new[] { name, amount, country, pin, "more" }[..cells]).Array[0, 40].Select(static rows => new RandomShipments(rows));

    public byte[] ToFile() => Encoding.UTF8.GetBytes($"Country,NAME,p-i-n,other,amount\n{Written(static _ => true)}");

    /// <summary>The rows as they stand in the file.</summary>
    public string Written(Func<int, bool> isIn) => string.Concat(Rows.Where((_, i) => isIn(i)).Select(static row => $"{string.Join(',', InFile(row).Select(Quoted))}\n"));

    /// <summary>For each row its failures, and whether it is bad.</summary>
    public async Task<IReadOnlyList<(FileFailure[] Failures, bool IsBad)>> ExpectedAsync(RuleSet<Shipment> rules)
    {
        var expected = new List<(FileFailure[] Failures, bool IsBad)>();
        var line = 2;
        foreach (var (i, row) in Rows.Index())
        {
            var (failures, isBad) = await ExpectedAsync(rules, row);
            expected.Add(([.. failures.Select(failure => failure with { Row = i + 2, Line = line })], isBad));
            line += 1 + row.Sum(static cell => cell.Count(static letter => letter == '\n'));
        }

        return expected;
    }

    private static async Task<(IEnumerable<FileFailure> Failures, bool IsBad)> ExpectedAsync(RuleSet<Shipment> rules, string[] row)
    {
        if (row is not [var name, var amount, var country, var pin])
        {
            return ([Failure(null, "cell_count", CellCount, null)], true);
        }

        var hasPin = int.TryParse(pin, CultureInfo.InvariantCulture, out var number);
        var hasAmount = int.TryParse(amount, CultureInfo.InvariantCulture, out var count);
        FileFailure[] unread =
        [
            .. hasPin || pin.Length == 0 ? Array.Empty<FileFailure>() : [Failure("pin", "unreadable", "pin cannot be read as a whole number.", null)],
            .. hasAmount ? Array.Empty<FileFailure>() : [Failure("amount", "unreadable", "amount cannot be read as a whole number.", amount)],
        ];
        if (unread.Length > 0)
        {
            return (unread, true);
        }

        var report = await rules.ValidateAsync(new(name, count, country.Length == 0 ? null : country, hasPin ? number : null));
        return (report.Failures.Select(static failure => Failure(failure.Path.Length == 0 ? null : failure.Path, failure.Code, failure.Message, failure.Path.Length == 0 ? null : failure.Value)), !report.IsValid);
    }

    private static FileFailure Failure(string? column, string code, string message, string? value) =>
        new() { Row = 0, Line = 0, Column = column, Code = code, Message = message, Value = value };

    // The columns of the file stand in another order, and one is not read.
    private static string[] InFile(string[] row) => row is [var name, var amount, var country, var pin] ? [country, name, pin, "?", amount] : row is { Length: 5 } ? [.. row, "and more"] : row;

    private static Gen<string> OneOf(params string[] texts) => CsCheck.Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(',', '"', '\n') || cell.Length == 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
