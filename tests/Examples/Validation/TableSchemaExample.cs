using Armature.Validation.Tables;

namespace Examples.Validation;

/// <summary>Table Schemas, as docs/table-schema.md has them.</summary>
public sealed class TableSchemaExample
{
    [Fact]
    public void Parse_Schema_HasItsFields()
    {
        TableSchema schema = TableSchema.Parse("""
            {
              "fields": [
                {"name": "id", "type": "integer", "constraints": {"minimum": 1}},
                {"name": "email", "type": "string", "format": "email", "armature:sensitive": true, "constraints": {"required": true}},
                {"name": "born", "type": "date", "format": "%d.%m.%Y"}
              ],
              "primaryKey": "id"
            }
            """);

        schema.Fields.Select(field => field.Type).ShouldBe(["integer", "string", "date"]);
        schema.Fields[1].IsSensitive.ShouldBeTrue();
    }

    [Fact]
    public void Parse_KeywordThatIsNone_SaysWhereAndWhatWasMeant()
    {
        var exception = Should.Throw<TableSchemaException>(() => TableSchema.Parse("""{"fields": [{"name": "id", "type": "integer", "constraints": {"minimun": 1}}]}"""));

        exception.Violations[0].Place.ShouldBe("/fields/0/constraints/minimun");
        exception.Violations[0].Message.ShouldContain("Did you mean minimum?");
    }

    [Fact]
    public void Infer_Sample_GivesASchemaToBeginWith()
    {
        TableSchema schema = TableSchema.Infer(["id", "email", "code"], [["1", "ada@example.com", "007"], ["2", "bob@example.com", ""]]);

        schema.Fields.Select(field => $"{field.Type} {field.Format}").ShouldBe(["integer default", "string email", "string default"]);
    }
}
