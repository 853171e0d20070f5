namespace Armature.Benchmarks;

/// <summary>The row of the base measurements: ten columns, parsed.</summary>
internal sealed record Row(long Id, string Email, string Name, int Age, string Country, DateOnly Date, decimal Amount, string Uuid, string Url, string Phone)
{
    private const int CountryCount = 200;

    public static string[] Countries { get; } = [.. Enumerable.Range(0, CountryCount).Select(i => $"{(char)('A' + (i / 26))}{(char)('A' + (i % 26))}")];

    /// <summary>Makes rows.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isBad">Whether each breaks two rules.</param>
    public static Row[] Make(int count, bool isBad)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i => new Row(
            i + 1,
            isBad ? "nobody" : $"user{i}@example.com",
            $"Name {i}",
            isBad ? 200 : random.Next(18, 100),
            Countries[random.Next(CountryCount)],
            new DateOnly(2020, 1, 1).AddDays(random.Next(2_000)),
            random.Next(1, 1_000_000) / 100m,
            Guid.NewGuid().ToString(),
            $"https://example.com/{i}",
            $"+49{random.Next(100_000_000, 999_999_999)}"))];
    }
}
