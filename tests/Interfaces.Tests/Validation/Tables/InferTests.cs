using CsCheck;

namespace Armature.Validation.Tables;

public sealed class InferTests
{
    private static readonly Gen<string> GenCell = Gen.OneOf(
        Gen.OneOf("", "0", "1", "-7", "007", "+49", "1.5", "0.50", "1E5", "12345678901234567890", "true", "False", "NaN"),
        Gen.OneOf("2024-01-26", "2024-02-30", "15:00:00", "2024-01-26T15:00:00Z", "a@b.c", "https://example.com", "123e4567-e89b-12d3-a456-426614174000", "ä \"x\", y"),
        Gen.String[Gen.Char["0123456789.-:TZ"], 0, 6]);

    [Theory]
    [InlineData("integer", "1", "0", "-7", "123456789012345678")]
    [InlineData("string", "1", "007")]
    [InlineData("string", "+49123456789")]
    [InlineData("string", "1234567890123456789")]
    [InlineData("string", "1E5")]
    [InlineData("string", "NaN")]
    [InlineData("string", "1.")]
    [InlineData("number", "1", "0.5", "-12.50")]
    [InlineData("boolean", "true", "False")]
    [InlineData("integer", "0", "1")]
    [InlineData("string", "true", "1")]
    [InlineData("date", "2024-01-26", "2024-02-29")]
    [InlineData("string", "2024-01-26", "2024-02-30")]
    [InlineData("time", "15:00:00")]
    [InlineData("datetime", "2024-01-26T15:00:00Z", "2024-01-26T15:00:00")]
    [InlineData("string uuid", "123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("string email", "a@example.com")]
    [InlineData("string uri", "https://example.com")]
    [InlineData("string", "a@example.com", "nobody")]
    public void Infer_Values_GiveTheirType(string type, params string[] cells)
    {
        var field = TableSchema.Infer(["f"], cells.Select(cell => new[] { cell })).Fields.Single();

        $"{field.Type} {field.Format}".Replace(" default", "", StringComparison.Ordinal).ShouldBe(type);
    }

    [Fact]
    public void Infer_Sample_GivesPrettyJson() =>
        TableSchema.Infer(["id", "größe", "empty"], [["1", "", ""], ["2", "5", ""], ["too", "short"]]).ToJson().ShouldBe("""
            {
              "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
              "fields": [
                {
                  "name": "id",
                  "type": "integer",
                  "constraints": {
                    "required": true
                  }
                },
                {
                  "name": "größe",
                  "type": "integer"
                },
                {
                  "name": "empty",
                  "type": "string"
                }
              ]
            }

            """);

    [Fact]
    public void Infer_NoRows_RequiresNothing() => TableSchema.Infer(["a"], []).ToJson().ShouldNotContain("required");

    [Fact]
    public void Infer_NoColumns_IsRefused() => Should.Throw<TableSchemaException>(() => TableSchema.Infer([], []));

    [Fact]
    public void Infer_AnySample_IsKept() =>
        (from width in Gen.Int[1, 4]
         from rows in GenCell.Array[width].Array[0, 5]
         select (width, rows)).Sample(sample =>
         {
             string[] header = [.. Enumerable.Range(0, sample.width).Select(column => $"c{column}")];

             var program = TableSchema.Infer(header, sample.rows).Compile(header, 1, 1);

             foreach (var row in sample.rows)
             {
                 row.Select((cell, column) => program.Codes(cell, column)).ShouldAllBe(codes => codes == "");
             }
         });
}
