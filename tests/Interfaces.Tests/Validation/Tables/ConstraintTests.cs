namespace Armature.Validation.Tables;

/// <summary>Every constraint: values that keep it, and values that break it, by the type and format of the field.</summary>
public sealed class ConstraintTests
{
    [Theory]
    [InlineData("\"constraints\": {\"required\": true}", "required", "x", "")]
    [InlineData("\"type\": \"integer\", \"missingValues\": [\"-\", \"n/a\"], \"constraints\": {\"required\": true}", "required", "7", "-", "n/a")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"minLength\": 3}", "min_length", "abc|äöü|👍👍👍|abcdefgh", "ab", "äö", "👍👍")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"maxLength\": 3}", "max_length", "abc|äöü|👍👍👍|a", "abcd", "äöüß", "👍👍👍👍")]
    [InlineData("\"type\": \"string\", \"missingValues\": [], \"constraints\": {\"minLength\": 1}", "min_length", "a|ä", "")]
    [InlineData("\"type\": \"array\", \"constraints\": {\"minLength\": 2}", "min_length", "[1,[]]|[1,2,3]", "[]", "[[1,2,3]]")]
    [InlineData("\"type\": \"object\", \"constraints\": {\"maxLength\": 1}", "max_length", "{}|{\"a\":{\"b\":1,\"c\":2}}", "{\"a\":1,\"b\":2}")]
    [InlineData("\"type\": \"list\", \"constraints\": {\"minLength\": 2}", "min_length", "a,b|a,b,c", "a")]
    [InlineData("\"type\": \"list\", \"constraints\": {\"maxLength\": 2}", "max_length", "a,b|a", "a,b,c", ",,")]
    [InlineData("\"type\": \"integer\", \"constraints\": {\"minimum\": 18}", "min", "18|19|123456789012345678901234567890|018", "17", "-18", "-123456789012345678901234567890")]
    [InlineData("\"type\": \"integer\", \"constraints\": {\"maximum\": \"18\"}", "max", "18|17|-9", "19", "123456789012345678901234567890", "000000000000000000000000000019")]
    [InlineData("\"type\": \"integer\", \"groupChar\": \",\", \"constraints\": {\"minimum\": \"1,000\"}", "min", "1,000|1000", "999")]
    [InlineData("\"type\": \"integer\", \"constraints\": {\"exclusiveMinimum\": 18}", "exclusive_min", "19", "18", "17")]
    [InlineData("\"type\": \"integer\", \"constraints\": {\"exclusiveMaximum\": 18}", "exclusive_max", "17", "18", "19")]
    [InlineData("\"type\": \"number\", \"constraints\": {\"minimum\": 0.1}", "min", "0.1|.10000|1E-1|INF|0.1000000000000000000000000001|1e400", "0.0999999999999999999999", "0.09", "-INF", "NaN", "1E-2", "0")]
    [InlineData("\"type\": \"number\", \"constraints\": {\"maximum\": 1e20}", "max", "100000000000000000000|1E20|5|-1E999999999", "100000000000000000000.0000000001", "1E21", "INF", "NaN")]
    [InlineData("\"type\": \"number\", \"decimalChar\": \",\", \"constraints\": {\"maximum\": 1.5}", "max", "1,5|1,4", "1,51")]
    [InlineData("\"type\": \"number\", \"decimalChar\": \",\", \"constraints\": {\"maximum\": \"1,5\"}", "max", "1,5", "1,51")]
    [InlineData("\"type\": \"number\", \"bareNumber\": false, \"constraints\": {\"exclusiveMaximum\": \"100%\"}", "exclusive_max", "99%|5", "100%", "100", "101 %")]
    [InlineData("\"type\": \"date\", \"constraints\": {\"minimum\": \"2000-01-01\"}", "min", "2000-01-01|2024-01-26", "1999-12-31")]
    [InlineData("\"type\": \"date\", \"constraints\": {\"exclusiveMaximum\": \"2000-01-01\"}", "exclusive_max", "1999-12-31", "2000-01-01", "2000-01-02")]
    [InlineData("\"type\": \"date\", \"format\": \"%d.%m.%Y\", \"constraints\": {\"minimum\": \"02.01.2000\"}", "min", "02.01.2000|01.02.2000", "01.01.2000", "31.12.1999")]
    [InlineData("\"type\": \"date\", \"format\": \"%y%m%d\", \"constraints\": {\"minimum\": \"000101\"}", "min", "000101|680101", "690101", "991231")]
    [InlineData("\"type\": \"date\", \"format\": \"any\", \"constraints\": {\"minimum\": \"2000-01-02\"}", "min", "2 Jan 2000", "1 Jan 2000")]
    [InlineData("\"type\": \"time\", \"constraints\": {\"maximum\": \"12:00:00\"}", "max", "12:00:00|00:00:00", "12:00:01")]
    [InlineData("\"type\": \"time\", \"format\": \"any\", \"constraints\": {\"maximum\": \"12:00\"}", "max", "12:00 PM", "12:01")]
    [InlineData("\"type\": \"time\", \"format\": \"%I:%M %p\", \"constraints\": {\"minimum\": \"11:00 AM\"}", "min", "11:00 AM|12:00 PM|01:00 PM", "10:59 AM", "12:30 AM")]
    [InlineData("\"type\": \"datetime\", \"constraints\": {\"minimum\": \"2024-01-26T15:00:00Z\"}", "min", "2024-01-26T15:00:00Z|2024-01-26T16:00:00+01:00|2024-01-26T10:00:00-05:00|2024-01-26T15:00:00.000000001|12024-01-01T00:00:00", "2024-01-26T14:59:59.999Z", "2024-01-26T15:59:59+01:00", "-2024-01-26T16:00:00")]
    [InlineData("\"type\": \"datetime\", \"format\": \"%Y-%m-%d %H:%M:%S.%f\", \"constraints\": {\"exclusiveMinimum\": \"2024-01-26 15:00:00.5\"}", "exclusive_min", "2024-01-26 15:00:00.51", "2024-01-26 15:00:00.500000", "2024-01-26 15:00:00.49")]
    [InlineData("\"type\": \"datetime\", \"format\": \"any\", \"constraints\": {\"maximum\": \"1969-12-31 23:59:59.5\"}", "max", "1969-12-31 23:59:59.4", "1969-12-31 23:59:59.6")]
    [InlineData("\"type\": \"year\", \"constraints\": {\"minimum\": 2000}", "min", "2000|12000", "1999", "-2000")]
    [InlineData("\"type\": \"year\", \"constraints\": {\"maximum\": \"2000\"}", "max", "2000", "2001")]
    [InlineData("\"type\": \"yearmonth\", \"constraints\": {\"minimum\": \"2000-12\"}", "min", "2000-12|2001-01", "2000-11", "-2001-12")]
    [InlineData("\"type\": \"duration\", \"constraints\": {\"minimum\": \"P1M\"}", "min", "P1M|P32D|P2M|P1Y|PT768H", "P27D", "P31D", "-P1M", "PT1S")]
    [InlineData("\"type\": \"duration\", \"constraints\": {\"minimum\": \"P2M\"}", "min", "P2M|P63D", "P62D", "P59D", "P58D")]
    [InlineData("\"type\": \"duration\", \"constraints\": {\"exclusiveMaximum\": \"P1Y\"}", "exclusive_max", "P11M|P364D|PT1.5S", "P12M", "P365D", "P367D", "P13M")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"pattern\": \"a.*\"}", "pattern", "a|apple", "banana", "ba", "b", "a\n")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"pattern\": \"^a.*$\"}", "pattern", "a|apple", "banana")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"pattern\": \"a|b\"}", "pattern", "a|b", "ab", "ba", "c")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"pattern\": \"[a-z-[aeiou]]+\"}", "pattern", "bcd", "bad")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"pattern\": \"\\\\p{Lu}[\\\\i]\\\\c*\"}", "pattern", "Äb1.-", "äb", "A1")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"pattern\": \"\\\\I\\\\C\"}", "pattern", "1 ", "a ", "1a")]
    [InlineData("\"type\": \"string\", \"constraints\": {\"enum\": [\"red\", \"green\", \"blau\"]}", "one_of", "red|green|blau", "Red", "yellow", "re")]
    [InlineData("\"type\": \"integer\", \"constraints\": {\"enum\": [1, \"2\", 100]}", "one_of", "1|+2|0100", "3", "10", "-1")]
    [InlineData("\"type\": \"number\", \"constraints\": {\"enum\": [1.50, \"NaN\", 1e30]}", "one_of", "1.5|01.500|15E-1|nan|1000000000000000000000000000000", "1.51", "INF", "1e31")]
    [InlineData("\"type\": \"boolean\", \"trueValues\": [\"yes\"], \"falseValues\": [\"no\"], \"constraints\": {\"enum\": [true]}", "one_of", "yes", "no")]
    [InlineData("\"type\": \"boolean\", \"constraints\": {\"enum\": [\"0\"]}", "one_of", "false|0", "1")]
    [InlineData("\"type\": \"date\", \"constraints\": {\"enum\": [\"2024-01-26\"]}", "one_of", "2024-01-26", "2024-01-27")]
    [InlineData("\"type\": \"datetime\", \"constraints\": {\"enum\": [\"2024-01-26T15:00:00Z\"]}", "one_of", "2024-01-26T16:00:00+01:00|2024-01-26T15:00:00.000", "2024-01-26T15:00:00+01:00")]
    [InlineData("\"type\": \"duration\", \"constraints\": {\"enum\": [\"P1Y\"]}", "one_of", "P12M", "P365D")]
    [InlineData("\"type\": \"year\", \"constraints\": {\"enum\": [2024]}", "one_of", "2024", "2025")]
    [InlineData("\"type\": \"object\", \"constraints\": {\"enum\": [{\"a\": 1, \"b\": [\"x\"]}]}", "one_of", "{\"b\": [\"\\u0078\"], \"a\": 1.0}", "{\"a\": 1}", "{\"a\": \"1\", \"b\": [\"x\"]}")]
    [InlineData("\"type\": \"array\", \"constraints\": {\"enum\": [[1, 2]]}", "one_of", "[1,2]", "[2,1]", "[1,2,3]")]
    [InlineData("\"type\": \"list\", \"itemType\": \"integer\", \"constraints\": {\"enum\": [\"1,2\"]}", "one_of", "1,2|01,+2", "12", "2,1")]
    [InlineData("\"type\": \"geopoint\", \"constraints\": {\"enum\": [\"90.5, 45.5\"]}", "one_of", "90.50,45.50", "45.5, 90")]
    [InlineData("\"type\": \"any\", \"constraints\": {\"enum\": [1, \"a\"]}", "one_of", "1|a", "01")]
    [InlineData("\"type\": \"string\", \"categories\": [\"apple\", \"orange\"]", "category", "apple", "banana")]
    [InlineData("\"type\": \"integer\", \"categories\": [{\"value\": 0, \"label\": \"apple\"}, {\"value\": 1}], \"categoriesOrdered\": true", "category", "0|1|01", "2")]
    public void Check_Values_KeepOrBreakTheConstraint(string field, string code, string kept, params string[] broken)
    {
        var program = Cells.Compile(field);

        kept.Split('|').Select(cell => (cell, program.Codes(cell))).ShouldAllBe(checkedCell => checkedCell.Item2 == "");
        broken.Select(cell => (cell, program.Codes(cell))).ShouldBe(broken.Select(cell => (cell, code)));
    }

    [Fact]
    public void Check_SeveralBroken_TellsOfEachInOrder()
    {
        var program = Cells.Compile("\"type\": \"string\", \"constraints\": {\"enum\": [\"abc\"], \"pattern\": \"[a-z]+\", \"maxLength\": 2, \"minLength\": 5}");

        program.Codes("ABC").ShouldBe("min_length,max_length,pattern,one_of");
    }

    [Fact]
    public void Check_TypeIsWrong_LeavesTheConstraintsOut()
    {
        var program = Cells.Compile("\"type\": \"integer\", \"constraints\": {\"required\": true, \"minimum\": 5, \"enum\": [7]}");

        program.Codes("x").ShouldBe("type");
        program.Codes("").ShouldBe("required");
        program.Codes("4").ShouldBe("min,one_of");
    }

    [Fact]
    public void Check_ValueIsMissing_LeavesAllOut() =>
        Cells.Compile("\"type\": \"integer\", \"missingValues\": [\"\", \"NA\"], \"constraints\": {\"minimum\": 5, \"enum\": [7]}").Codes("NA").ShouldBe("");

    [Fact]
    public void Check_FieldHasMissingValues_ForgetsThoseOfTheSchema()
    {
        var program = TableSchema.Parse("""{"missingValues": [{"value": "NA", "label": "none"}], "fields": [{"name": "f", "type": "integer", "missingValues": ["-"]}]}""").Compile(null, 1, 1);

        program.Codes("-").ShouldBe("");
        program.Codes("NA").ShouldBe("type");
    }

    [Fact]
    public void Rules_Messages_SayWhatIsAllowed()
    {
        var rules = Cells.Compile("\"type\": \"integer\", \"armature:sensitive\": true, \"constraints\": {\"required\": true, \"unique\": true, \"minimum\": 5, \"exclusiveMaximum\": 9, \"enum\": [7, 8]}").Rules[8..];

        rules.Select(rule => rule.Message).ShouldBe(
            ["f is missing.", "f must be a whole number.", "f must be 5 or more.", "f must be less than 9.", "f must be one of 7, 8.", "f must be unique, but an earlier row has the same value."]);
        rules.ShouldAllBe(rule => rule.IsSensitive && rule.Column == 0 && rule.Field == "f");
    }
}
