using CsvHelper;

namespace Armature.Benchmarks;

/// <summary>The row as CsvHelper reads it: one instance, refilled for every record.</summary>
[CsvRecord]
internal sealed partial class FileRow
{
    [CsvColumn(Index = 0)]
    public long Id { get; set; }

    [CsvColumn(Index = 1)]
    public string Email { get; set; } = "";

    [CsvColumn(Index = 2)]
    public string Name { get; set; } = "";

    [CsvColumn(Index = 3)]
    public int Age { get; set; }

    [CsvColumn(Index = 4)]
    public string Country { get; set; } = "";

    [CsvColumn(Index = 5)]
    public DateOnly Date { get; set; }

    [CsvColumn(Index = 6)]
    public decimal Amount { get; set; }

    [CsvColumn(Index = 7)]
    public string Uuid { get; set; } = "";

    [CsvColumn(Index = 8)]
    public string Url { get; set; } = "";

    [CsvColumn(Index = 9)]
    public string Phone { get; set; } = "";
}
