using System.Text;
using CsCheck;

namespace Armature.Validation.Tables;

public sealed class TableSchemaTests
{
    private const string Whole = """
        {
          "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
          "name": "people", "title": "People", "description": "Who they are", "dcat:theme": "x", "x-own": 1,
          "fields": [
            {"name": "id", "type": "integer", "title": "Number", "description": "d", "example": 7, "rdfType": "http://schema.org/identifier", "constraints": {"unique": true, "minimum": 1} },
            {"name": "email", "type": "string", "format": "email", "armature:sensitive": true, "other:thing": {}, "constraints": {"required": true, "maxLength": 100} },
            {"name": "born", "type": "date", "format": "%d.%m.%Y", "missingValues": ["", "?"], "constraints": {"minimum": "01.01.1900", "exclusiveMaximum": "01.01.2030"} },
            {"name": "price", "type": "number", "decimalChar": ",", "groupChar": ".", "bareNumber": false, "constraints": {"enum": ["1,5", 2]} },
            {"name": "is", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
            {"name": "tags", "type": "list", "delimiter": ";", "itemType": "integer", "constraints": {"minLength": 1} },
            {"name": "kind", "type": "string", "categories": [{"value": "a", "label": "A"}, {"value": "b"}], "categoriesOrdered": false, "constraints": {"enum": ["a"], "pattern": "[a-z]"} },
            {"name": "parent"}
          ],
          "fieldsMatch": "equal",
          "missingValues": [{"value": "", "label": "none"}, {"value": "NA"}],
          "primaryKey": ["id", "email"],
          "uniqueKeys": [["email"], ["id", "born"]],
          "foreignKeys": [{"fields": ["parent"], "reference": {"fields": ["id"]} }, {"fields": "kind", "reference": {"resource": "kinds", "fields": "code"} }]
        }
        """;

    private static readonly string Deep = new string('[', 100) + new string(']', 100);

    [Fact]
    public void Parse_WholeSchema_IsKeptAsItWas()
    {
        var schema = TableSchema.Parse(Whole);

        schema.ToJson().ShouldBe(Whole);
        TableSchema.Parse(schema.ToJson()).Fields.ShouldBe(schema.Fields);
        schema.Fields.Select(field => $"{field.Name} {field.Type} {field.Format} {field.IsSensitive}").ShouldBe(
            ["id integer default False", "email string email True", "born date %d.%m.%Y False", "price number default False", "is boolean default False", "tags list default False", "kind string default False", "parent any default False"]);
    }

    [Fact]
    public void Parse_ByteOrderMark_IsLeftOut() =>
        TableSchema.Parse([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Whole)]).Fields.Length.ShouldBe(8);

    [Fact]
    public void Parse_Version1Forms_AreRead()
    {
        var schema = TableSchema.Parse("""{"fields": [{"name": "a"}, {"name": "b", "type": "date", "format": "fmt:%Y"}, {"name": "a"}], "primaryKey": "b", "fieldsMatch": ["exact"], "foreignKeys": [{"fields": "b", "reference": {"resource": "", "fields": "b"} }]}""");

        schema.Spec.PrimaryKey.ShouldBe([1]);
        schema.Spec.References.Single().Resource.ShouldBe("");
        schema.Fields[1].Format.ShouldBe("%Y");
    }

    [Theory]
    [InlineData("\"title\": \"F\"", "any")]
    [InlineData("\"constraints\": {\"required\": true}", "any")]
    [InlineData("\"constraints\": {\"pattern\": \"a\"}", "string")]
    [InlineData("\"format\": \"email\"", "string")]
    public void Parse_NoType_IsAnyOrAStringOfVersion1(string members, string type) => Cells.Schema(members).Fields.Single().Type.ShouldBe(type);

    [Theory]
    [InlineData("", "", "is not JSON")]
    [InlineData("{", "", "is not JSON")]
    [InlineData("{\"fields\": []} x", "", "is not JSON")]
    [InlineData("{\"fields\": [{\"name\": \"a\", \"name\": \"b\"}]}", "", "name")]
    [InlineData("{\"fields\": [{\"name\": \"\\ud800\"}]}", "", "half of a letter")]
    [InlineData("[]", "", "must be a JSON object, not []")]
    [InlineData("{}", "", "needs \"fields\"")]
    [InlineData("{\"resources\": []}", "", "data package")]
    [InlineData("{\"fields\": 1}", "/fields", "must be an array, not 1")]
    [InlineData("{\"fields\": []}", "/fields", "0 fields; 1 to 16,384")]
    [InlineData("{\"fields\": [1]}", "/fields/0", "must be an object")]
    [InlineData("{\"fields\": [{}]}", "/fields/0", "needs a \"name\"")]
    [InlineData("{\"fields\": [{\"name\": 1}]}", "/fields/0/name", "must be a string, not 1")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"primarykey\": \"a\"}", "/primarykey", "Did you mean primaryKey?")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"a/b~c\": 1}", "/a~1b~0c", "is not a keyword of a table schema")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"$schema\": \"http://json-schema.org/draft-07/schema#\"}", "/$schema", "JSON Schema")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"fieldsMatch\": \"exakt\"}", "/fieldsMatch", "must be one of exact, equal, subset, superset, partial, not \"exakt\"")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}, {\"name\": \"a\"}], \"fieldsMatch\": \"equal\"}", "/fieldsMatch", "2 fields a")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"missingValues\": \"\"}", "/missingValues", "must be an array")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"missingValues\": [\"\", \"\"]}", "/missingValues", "same string twice")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"missingValues\": [1]}", "/missingValues/0", "must be an object with a \"value\"")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"missingValues\": [{\"value\": 1}]}", "/missingValues/0/value", "must be a string")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"missingValues\": [{\"value\": \"\", \"lable\": \"x\"}]}", "/missingValues/0/lable", "Did you mean label?")]
    [InlineData("{\"fields\": [{\"name\": \"alpha\"}], \"primaryKey\": [\"alhpa\"]}", "/primaryKey", "names the field alhpa, which there is not. Did you mean alpha?")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"primaryKey\": []}", "/primaryKey", "at least one field")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}, {\"name\": \"a\"}], \"primaryKey\": \"a\"}", "/primaryKey", "of which there are 2")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"uniqueKeys\": []}", "/uniqueKeys", "at least one key")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"uniqueKeys\": [[\"b\"]]}", "/uniqueKeys/0", "names the field b")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"foreignKeys\": [{\"fields\": \"a\"}]}", "/foreignKeys/0", "\"reference\"")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"foreignKeys\": [{\"fields\": \"a\", \"reference\": {\"resource\": \"r\", \"fields\": [\"x\", \"y\"]}}]}", "/foreignKeys/0/reference/fields", "has 2 fields, but the key has 1")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"foreignKeys\": [{\"fields\": \"a\", \"reference\": {\"fields\": [\"x\"]}}]}", "/foreignKeys/0/reference/fields", "names the field x")]
    [InlineData("{\"fields\": [{\"name\": \"a\"}], \"foreignKeys\": [{\"fields\": \"a\", \"reference\": {\"fields\": \"a\", \"datapackage\": \"x\"}}]}", "/foreignKeys/0/reference/datapackage", "is not a keyword")]
    public void Parse_BadSchema_SaysWhereAndWhat(string json, string place, string message)
    {
        var violations = Should.Throw<TableSchemaException>(() => TableSchema.Parse(json)).Violations;

        violations.Select(violation => violation.Place).ShouldBe([place]);
        violations[0].Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("\"type\": \"int\"", "/type", "must be one of string, number, integer")]
    [InlineData("\"type\": \"integr\"", "/type", "Did you mean integer?")]
    [InlineData("\"type\": \"string\", \"format\": \"mail\"", "/format", "Did you mean email?")]
    [InlineData("\"type\": \"integer\", \"format\": \"hex\"", "/format", "must be one of default for a field of type integer")]
    [InlineData("\"type\": \"date\", \"format\": \"dd.MM.yyyy\"", "/format", "or a pattern such as %d/%m/%Y")]
    [InlineData("\"type\": \"date\", \"format\": \"%d %Q\"", "/format", "has %Q, which is not supported")]
    [InlineData("\"type\": \"date\", \"format\": \"%d %\"", "/format", "has %, which is not supported")]
    [InlineData("\"type\": \"string\", \"decimalChar\": \",\"", "/decimalChar", "does not apply to a field of type string")]
    [InlineData("\"type\": \"number\", \"categories\": [1]", "/categories", "does not apply to a field of type number")]
    [InlineData("\"type\": \"number\", \"decimalChar\": \"\"", "/decimalChar", "must not be empty")]
    [InlineData("\"type\": \"number\", \"groupChar\": \"0\"", "/groupChar", "no digit, sign or E")]
    [InlineData("\"type\": \"number\", \"groupChar\": \".\"", "", "both groupChar and decimalChar")]
    [InlineData("\"type\": \"number\", \"bareNumber\": \"no\"", "/bareNumber", "must be true or false, not \"no\"")]
    [InlineData("\"type\": \"boolean\", \"trueValues\": [\"x\"], \"falseValues\": [\"x\"]", "", "among both trueValues and falseValues")]
    [InlineData("\"type\": \"list\", \"itemType\": \"object\"", "/itemType", "must be one of string, integer, boolean")]
    [InlineData("\"type\": \"list\", \"delimiter\": \"\"", "/delimiter", "must not be empty")]
    [InlineData("\"constraint\": {}", "/constraint", "Did you mean constraints?")]
    [InlineData("\"armature:sensitiv\": true", "/armature:sensitiv", "Did you mean armature:sensitive?")]
    [InlineData("\"constraints\": []", "/constraints", "must be an object")]
    [InlineData("\"type\": \"integer\", \"constraints\": {\"minimun\": 1}", "/constraints/minimun", "is not a keyword of the constraints of a field of type integer. Did you mean minimum?")]
    [InlineData("\"type\": \"integer\", \"constraints\": {\"minLength\": 1}", "/constraints/minLength", "does not apply to the constraints of a field of type integer")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"minimum\": 1}", "/constraints/minimum", "does not apply")]
    [InlineData("\"type\": \"object\", \"constraints\": {\"jsonSchema\": {}}", "/constraints/jsonSchema", "is not supported")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"minLength\": -1}", "/constraints/minLength", "whole number from 0 to 2147483647, not -1")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"minLength\": \"1\"}", "/constraints/minLength", "not \"1\"")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"pattern\": \"(\"}", "/constraints/pattern", "is not a regular expression")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"pattern\": \"a)|(b\"}", "/constraints/pattern", "is not a regular expression")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"pattern\": \"(a)\\\\1\"}", "/constraints/pattern", "cannot be searched in linear time")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"pattern\": \"[\\\\C]\"}", "/constraints/pattern", "is not supported within brackets")]
    [InlineData("\"type\": \"integer\", \"constraints\": {\"minimum\": 1.5}", "/constraints/minimum", "must be a value of type integer, not 1.5")]
    [InlineData("\"type\": \"number\", \"constraints\": {\"maximum\": \"NaN\"}", "/constraints/maximum", "not NaN")]
    [InlineData("\"type\": \"date\", \"constraints\": {\"minimum\": \"1.1.2000\"}", "/constraints/minimum", "must be a date such as 2024-01-26 as the field's values are, not 1.1.2000")]
    [InlineData("\"type\": \"date\", \"format\": \"%d.%m.%Y\", \"constraints\": {\"minimum\": \"2000-01-01\"}", "/constraints/minimum", "must have the form %d.%m.%Y")]
    [InlineData("\"type\": \"integer\", \"constraints\": {\"enum\": [1, \"x\"]}", "/constraints/enum/1", "must be a value of type integer as the field's values are, not x")]
    [InlineData("\"type\": \"integer\", \"constraints\": {\"enum\": []}", "/constraints/enum", "at least one value")]
    [InlineData("\"type\": \"boolean\", \"constraints\": {\"enum\": [1]}", "/constraints/enum/0", "must be a value of type boolean")]
    [InlineData("\"type\": \"string\", \"categories\": [\"a\"], \"constraints\": {\"enum\": [\"a\", \"b\"]}", "/constraints/enum", "only values that are categories too")]
    [InlineData("\"type\": \"string\", \"categories\": [{\"label\": \"a\"}]", "/categories/0", "must be an object with a \"value\"")]
    [InlineData("\"type\": \"string\", \"categoriesOrdered\": 1", "/categoriesOrdered", "must be true or false")]
    public void Parse_BadField_SaysWhereAndWhat(string members, string place, string message)
    {
        var violations = Should.Throw<TableSchemaException>(() => Cells.Schema(members)).Violations;

        violations.Select(violation => violation.Place).ShouldBe([$"/fields/0{place}"]);
        violations[0].Message.ShouldContain(message);
    }

    [Fact]
    public void Parse_SeveralViolations_SaysAll()
    {
        var exception = Should.Throw<TableSchemaException>(() => TableSchema.Parse("""{"fields": [{"type": "x"}, {"name": "a", "constraints": {"minimun": 1} }], "primaryKey": "b"}"""));

        exception.Violations.Select(violation => violation.Place).ShouldBe(["/fields/0", "/fields/0/type", "/fields/1/constraints/minimun", "/primaryKey"]);
        exception.Message.ShouldContain("/fields/1/constraints/minimun: is not a keyword");
    }

    [Fact]
    public void Parse_MoreViolationsThanAreShown_StopsAtTheFirstHundred() =>
        Should.Throw<TableSchemaException>(() => TableSchema.Parse($$"""{"fields": [{{string.Join(',', Enumerable.Repeat("1", 500))}}]}""")).Violations.Length.ShouldBe(100);

    [Fact]
    public void Parse_OtherEncoding_IsRefused() =>
        Should.Throw<TableSchemaException>(() => TableSchema.Parse(Encoding.Latin1.GetBytes("""{"fields": [{"name": "ä"}]}"""))).Message.ShouldContain("is not UTF-8");

    [Fact]
    public void Parse_TooLarge_IsRefused() =>
        Should.Throw<TableSchemaException>(() => TableSchema.Parse(new byte[TableSchema.MaxBytes + 1])).Message.ShouldContain("16,777,216 are allowed");

    [Fact]
    public void Parse_PatternThatIsTooLong_IsRefused() =>
        Should.Throw<TableSchemaException>(() => Cells.Schema($$"""
            "type": "string", "constraints": {"pattern": "{{new string('(', 3_000)}}{{new string(')', 3_000)}}"}
            """)).Violations.Single().Message.ShouldBe("has 6,000 characters; 4,096 are allowed.");

    [Fact]
    public void Parse_MistakesWithoutEnd_AreToldInBoundedTime()
    {
        // Looking for what was meant by each of these among all of those would take hours.
        var names = Enumerable.Range(0, 10_000).Select(i => $"a_column_with_a_long_name_{i}").ToArray();
        var schema = $$"""{"fields": [{{string.Join(',', names.Select(name => $$"""{"name": "{{name}}"}"""))}}], "primaryKey": [{{string.Join(',', names.Select(name => $"\"{name}x\""))}}]}""";

        Should.Throw<TableSchemaException>(() => TableSchema.Parse(schema)).Violations.Length.ShouldBe(100);
    }

    [Fact]
    public void Parse_TooDeep_IsRefused() =>
        Should.Throw<TableSchemaException>(() => TableSchema.Parse($$"""{"fields": [{"name": "a", "example": {{Deep}} }]}""")).Message.ShouldContain("is not JSON");

    [Fact]
    public void Parse_ByteOfASchemaChanged_IsReadOrRefused()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.OneOf(Gen.Byte, Gen.Char["{}[]\",:01-%\\aE."].Select(letter => (byte)letter))).Array[1, 4].Sample(
            changes =>
            {
                var changed = bytes.ToArray();
                foreach (var (place, to) in changes)
                {
                    changed[place] = to;
                }

                ReadAndRun(changed);
            },
            iter: 3_000);
    }

    [Fact]
    public void Parse_ValueOfASchemaReplaced_IsReadOrRefused()
    {
        string[] values = ["null", "true", "-1", "1e9", "\"\"", "\"a\"", "\"%\"", "[]", "[[]]", "[1]", "[\"a\"]", "{}", "{\"value\": []}", "{\"fields\": {}}", "\"integer\"", "\"geojson\"", "\"(\""];
        var places = Enumerable.Range(0, Whole.Length).Where(at => Whole[at] == ':').ToArray();
        Gen.Select(Gen.OneOf(places), Gen.OneOf(values)).Sample(
            (place, value) =>
            {
                var end = Whole.IndexOfAny([',', '}', '\n'], place);
                ReadAndRun(Encoding.UTF8.GetBytes($"{Whole[..(place + 1)]}{value}{Whole[end..]}"));
            },
            iter: 3_000);
    }

    // What is read must also compile and run, and read the same again.
    private static void ReadAndRun(byte[] json)
    {
        try
        {
            var schema = TableSchema.Parse(json);
            schema.Compile(null, 1, 1).Codes("a");
            TableSchema.Parse(schema.ToJson()).Fields.ShouldBe(schema.Fields);
        }
        catch (TableSchemaException exception)
        {
            exception.Violations.ShouldNotBeEmpty();
        }
    }
}
