using System.Globalization;
using System.Text;
using Armature.Testing;
using Armature.Validation.Tables;

namespace Armature.Benchmarks;

/// <summary>The file of the base measurements: ten columns, about 170 bytes a row, the id unique.</summary>
internal sealed class FileData : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private FileData(int rows, int badPercent)
    {
        Rows = rows;
        BadRows = Enumerable.Range(0, rows).Count(i => IsBad(i, badPercent));
        Path = System.IO.Path.Combine(_folder.Path, "rows.csv");
        Write(badPercent);
    }

    public static TableSchema Schema { get; } = TableSchema.Parse($$"""
        {
          "fields": [
            { "name": "id", "type": "integer", "constraints": { "required": true, "unique": true, "minimum": 1 } },
            { "name": "email", "type": "string", "format": "email", "constraints": { "required": true, "maxLength": 100 } },
            { "name": "name", "type": "string", "constraints": { "required": true, "maxLength": 100 } },
            { "name": "age", "type": "integer", "constraints": { "minimum": 18, "maximum": 130 } },
            { "name": "country", "type": "string", "constraints": { "enum": [{{string.Join(", ", Row.Countries.Select(static country => $"\"{country}\""))}}] } },
            { "name": "date", "type": "date", "constraints": { "minimum": "2000-01-01", "maximum": "2029-12-31" } },
            { "name": "amount", "type": "number", "constraints": { "minimum": "0.01" } },
            { "name": "uuid", "type": "string", "format": "uuid" },
            { "name": "url", "type": "string", "format": "uri" },
            { "name": "phone", "type": "string", "constraints": { "minLength": 9, "maxLength": 15 } }
          ]
        }
        """);

    public string Path { get; }

    public int Rows { get; }

    public int BadRows { get; }

    /// <summary>Writes a file.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="badPercent">How many of a hundred break two rules: of the email and of the age.</param>
    public static FileData Create(int rows, int badPercent) => new(rows, badPercent);

    public void Dispose() => _folder.Dispose();

    private static bool IsBad(int row, int percent) => row % 100 < percent;

    private void Write(int badPercent)
    {
        var random = new Random(1);
        var bytes = new byte[16];
        using var file = new StreamWriter(Path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        file.Write("id,email,name,age,country,date,amount,uuid,url,phone\n");
        for (var i = 0; i < Rows; i++)
        {
            random.NextBytes(bytes);

            // Version 4 of RFC 9562: some look at it.
            bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
            bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
            var isBad = IsBad(i, badPercent);
            file.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{i + 1},{(isBad ? "nobody" : $"customer.{i}@mail.example.com")},Customer Number {i},{(isBad ? 200 : random.Next(18, 100))},{Row.Countries[random.Next(Row.Countries.Length)]},{new DateOnly(2020, 1, 1).AddDays(random.Next(2_000)):yyyy-MM-dd},{random.Next(1, 1_000_000) / 100m},{new Guid(bytes)},https://shop.example.com/orders/{i},+49{random.Next(100_000_000, 999_999_999)}\n"));
        }
    }
}
