namespace Armature.Validation.Tables;

public sealed class HeaderMatchTests
{
    [Theory]
    [InlineData("exact", "a,b,c", "0,1,2")]
    [InlineData("equal", "c,a,b", "2,0,1")]
    [InlineData("subset", "x,c,a,y,b", "-1,2,0,-1,1")]
    [InlineData("superset", "c,a", "2,0")]
    [InlineData("partial", "x,a", "-1,0")]
    public void Find_ColumnsThatFit_GivesTheirFields(string match, string header, string places) =>
        string.Join(',', HeaderMatch.Find(Schema(match).Spec, header.Split(','))).ShouldBe(places);

    [Theory]
    [InlineData("exact", "a,c,b", "Column 2 must be b, not c. It is in another place; with \"fieldsMatch\": \"equal\" columns may be in any order.|Column 3 must be c, not b. It is in another place; with \"fieldsMatch\": \"equal\" columns may be in any order.")]
    [InlineData("exact", "a,b", "Column 3 (c) is missing.")]
    [InlineData("exact", "a,b,c,d", "Column 4 (d) is not in the schema. With \"fieldsMatch\": \"subset\" columns may be there that it does not speak of.")]
    [InlineData("equal", "a,B,d", "Column 2 (B) is not in the schema. Did you mean b?|Column 3 (d) is not in the schema.|Column b is missing.|Column c is missing.")]
    [InlineData("subset", "a,b,x", "Column c is missing.")]
    [InlineData("subset", "a,b,c,a", "Column 4 (a) is there already as column 1.")]
    [InlineData("superset", "c,d", "Column 2 (d) is not in the schema.|Column a is missing, and it is required.")]
    [InlineData("partial", "x,y", "Column a is missing, and it is required.|No column is one of the schema's fields.")]
    public void Find_ColumnsThatDoNotFit_NamesEach(string match, string header, string violations) =>
        Should.Throw<TableHeaderException>(() => HeaderMatch.Find(Schema(match).Spec, header.Split(','))).Violations.ShouldBe(violations.Split('|'));

    [Fact]
    public void Find_ReferenceToAColumnThatIsMissing_IsRefused()
    {
        var schema = TableSchema.Parse("""{"fields": [{"name": "id"}, {"name": "parent"}], "fieldsMatch": "superset", "foreignKeys": [{"fields": "parent", "reference": {"resource": "", "fields": "id"}}]}""");

        Should.Throw<TableHeaderException>(() => HeaderMatch.Find(schema.Spec, ["parent"])).Violations.ShouldBe(["Column id is missing, and a foreign key refers to it."]);
    }

    private static TableSchema Schema(string match) =>
        TableSchema.Parse($$"""{"fields": [{"name": "a", "constraints": {"required": true} }, {"name": "b"}, {"name": "c"}], "fieldsMatch": "{{match}}"}""");
}
