using CsCheck;

namespace Armature.Validation.Tables;

public sealed class KeyTests
{
    [Theory]
    [InlineData("\"type\": \"integer\"", "100|0100|+100|000000000000000000000000100", "10|1000|-100")]
    [InlineData("\"type\": \"number\"", "1|1.0|01|10E-1|1.0000000000000000000000000000", "10|-1|0.1|1.0000000000000000000000000001")]
    [InlineData("\"type\": \"number\"", "0|-0|0.0|.0|0E9|0.00000000000000000000000", "1|1E-9")]
    [InlineData("\"type\": \"number\"", "1234567890123456789.5|1234567890123456789.50|12345678901234567895E-1|1234567890123456789500000000000000000000000000000000000000000000000000000000000000000000E-69", "1234567890123456789.51|1234567890123456789")]
    [InlineData("\"type\": \"number\"", "NaN|nan", "INF|-INF")]
    [InlineData("\"type\": \"boolean\"", "true|1|TRUE", "false|0")]
    [InlineData("\"type\": \"string\"", "a", "A|a |aa")]
    [InlineData("\"type\": \"string\", \"missingValues\": []", "", "a")]
    [InlineData("\"type\": \"datetime\"", "2024-01-26T15:00:00|2024-01-26T16:00:00+01:00|2024-01-26T15:00:00.0Z", "2024-01-26T15:00:00.1")]
    [InlineData("\"type\": \"date\", \"format\": \"%d.%m.%Y\"", "01.02.2024|1.2.2024", "02.01.2024")]
    [InlineData("\"type\": \"duration\"", "P1Y|P12M", "P365D|-P1Y")]
    [InlineData("\"type\": \"duration\"", "P1D|PT24H|PT86400S", "P1M")]
    [InlineData("\"type\": \"object\"", "{\"a\":1,\"b\":\"x\"}|{ \"b\":\"\\u0078\", \"a\":1.0 }", "{\"a\":1}|{\"a\":1,\"b\":\"y\"}|{\"a\":1,\"b\":[\"x\"]}")]
    [InlineData("\"type\": \"array\"", "[1,[2]]|[1.0, [2]]", "[[1],2]|[1,2]|[1,[2],null]")]
    [InlineData("\"type\": \"list\"", "a,bc", "ab,c|a,b,c")]
    [InlineData("\"type\": \"geopoint\"", "1.0, 2|1,2.00", "2,1|12,1")]
    [InlineData("\"type\": \"geopoint\", \"format\": \"object\"", "{\"lon\":1,\"lat\":2}|{\"lat\":2.0,\"lon\":1}", "{\"lon\":2,\"lat\":1}")]
    public void TryGetKey_EqualValues_AreEqual(string field, string same, string others)
    {
        var program = Cells.Compile(field);

        var keys = same.Split('|').Select(cell => program.Key(cell).ShouldNotBeNull(cell)).Distinct().ToArray();
        keys.Length.ShouldBe(1);
        others.Split('|').Select(cell => program.Key(cell).ShouldNotBeNull(cell)).ShouldAllBe(key => key != keys[0]);
    }

    [Fact]
    public void TryGetKey_MissingOrUnreadable_HasNone()
    {
        var program = Cells.Compile("\"type\": \"integer\", \"missingValues\": [\"\", \"-\"]");

        program.Key("").ShouldBeNull();
        program.Key("-").ShouldBeNull();
        program.Key("x").ShouldBeNull();
    }

    [Fact]
    public void Compile_Keys_NameTheirColumns()
    {
        var schema = TableSchema.Parse("""
            {
              "fields": [{"name": "a", "constraints": {"unique": true} }, {"name": "b"}, {"name": "c"}],
              "fieldsMatch": "superset",
              "primaryKey": ["c", "a"],
              "uniqueKeys": [["b"], ["a", "b"]],
              "foreignKeys": [
                {"fields": "c", "reference": {"resource": "", "fields": "a"} },
                {"fields": ["a", "b"], "reference": {"resource": "other", "fields": ["x", "y"]} }
              ]
            }
            """);

        var program = schema.Compile(["c", "a"], 1, 1);

        program.Rules[8..].Select(rule => $"{rule.Column} {rule.Field} {rule.Code}").ShouldBe(["0 c required", "1 a required", "1 a unique", "-1 c, a primary_key", "0 c foreign_key"]);
        program.Keys.Select(key => $"{key.Rule} {string.Join(' ', key.Columns)} {key.IsWholeWithoutValue}").ShouldBe(["10 1 False", "11 0 1 False"]);
        program.References.Select(reference => $"{reference.Rule} {string.Join(' ', reference.Columns)} '{reference.Resource}' {string.Join(' ', reference.Fields)}").ShouldBe(["12 0 '' a"]);
        program.Rules[11].Message.ShouldBe("c, a are the primary key: an earlier row has the same.");
        program.Rules[12].Message.ShouldBe("c is a foreign key: there is no row with this a in this table.");

        var whole = schema.Compile(["a", "b", "c"], 1, 1);
        whole.Keys.Select(key => string.Join(' ', key.Columns)).ShouldBe(["0", "2 0", "1", "0 1"]);
        whole.References.Select(reference => reference.Resource).ShouldBe(["", "other"]);
    }

    [Fact]
    public void Compile_Faults_AreTheFirstRules()
    {
        var rules = Cells.Compile("\"type\": \"any\"").Rules;

        rules.Select(rule => rule.Code).ShouldBe(["record_too_long", "cell_too_long", "cell_count", "stray_quote", "unclosed_quote", "invalid_utf8", "nul_byte", "invalid_json"]);
        rules.Length.ShouldBe(Enum.GetValues<Records.RecordFault>().Length - 1);
        rules[0].Message.ShouldContain("1,000 bytes");
        rules[1].Message.ShouldContain("100 bytes");
    }

    [Fact]
    public void KeySet_AnyKeys_AreFoundAndNoOthers() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[0, 6].Array[0, 60], Gen.Byte[0, 1].Array[0, 7].Array[0, 60], Gen.Byte.Array[0, 10].Array[0, 60]), Gen.Byte[0, 1].Array[0, 8]).Sample((keys, other) =>
        {
            var set = new KeySet(keys);

            return keys.All(key => set.Contains(key)) && set.Contains(other) == keys.Any(key => key.AsSpan().SequenceEqual(other));
        });
}
