using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Armature.Validation.Records;
using CsCheck;

namespace Armature.Validation.Tables;

public sealed class RowBinderTests
{
    private enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public void TryBind_EveryKindOfValue_IsRead()
    {
        var (row, broken) = Bind<Everything>(
            "text,note,count,maybe,amount,day,id,is,colour,maybe_colour,first-name",
            "ä,,-7,,1.5,2024-01-26,123e4567-e89b-12d3-a456-426614174000,true,green,,Ada");

        broken.ShouldBeEmpty();
        row.ShouldBe(new("ä", null, -7, null)
        {
            Amount = 1.5m,
            Day = new(2024, 1, 26),
            Id = Guid.Parse("123e4567-e89b-12d3-a456-426614174000", CultureInfo.InvariantCulture),
            Is = true,
            Colour = Colour.Green,
            Given = "Ada",
        });
    }

    [Fact]
    public void TryBind_CellsThatCannotBeRead_EachIsToldFromLeftToRight()
    {
        var (row, broken) = Bind<Everything>("colour,count,text,note,maybe", "blue,,,x,y");

        row.ShouldBeNull();
        broken.ShouldBe(["0 colour unreadable: colour cannot be read as one of Red, Green.", "1 count unreadable: count cannot be read as a whole number.", "4 maybe unreadable: maybe cannot be read as a whole number."]);
    }

    [Fact]
    public void TryBind_EmptyTextThatMayNotBeNull_IsEmpty() => Bind<Everything>("text,note,count,maybe", ",,1,").Row!.Text.ShouldBe("");

    [Fact]
    public void TryBind_NoColumnForWhatHasADefault_TakesIt()
    {
        var (row, broken) = Bind<Everything>("count,note,text", "1,x,y");

        broken.ShouldBeEmpty();
        row.ShouldBe(new Everything("y", "x", 1));
    }

    [Fact]
    public void TryBind_NumberOfAnEnum_IsNoName() => Bind<Everything>("colour,count,text,note", "1,1,x,y").Broken.Length.ShouldBe(1);

    [Fact]
    public void TryBind_ConstructorThrows_IsTheRowsFailure()
    {
        var (_, broken) = Bind<Guarded>("age", "-1");

        broken.ShouldBe(["-1  unreadable: Guarded cannot be made of the row: its constructor throws."]);
        Bind<Guarded>("age", "1").Broken.ShouldBeEmpty();
    }

    [Fact]
    public void TryBind_TwoRows_DoNotMix()
    {
        var plan = RowPlan<Everything>.Create(["text", "note", "count"]);
        var binder = plan.CreateBinder();
        var other = plan.CreateBinder();

        var first = Bind(plan, binder, "a,b,1").Row;
        Bind(plan, other, "c,d,2").Row.ShouldBe(new("c", "d", 2));
        Bind(plan, binder, "e,,3").Row.ShouldBe(new("e", null, 3));
        first.ShouldBe(new("a", "b", 1));
    }

    [Fact]
    public void TryBind_AnyCells_AreReadAsTheirTypesRead() =>
        Gen.Select(Gen.String[Gen.Char["0123456789-+.eE ,"], 1, 12], Gen.String[Gen.Char["0123456789-/"], 1, 10]).Sample((number, day) =>
        {
            var reader = new FakeReader([number, day, number]);
            var binder = RowPlan<Numbers>.Create(["amount", "day", "count"]).CreateBinder();

            var isBound = binder.TryBind(ref reader, new Sink(), out var row);

            var isDecimal = decimal.TryParse(number, CultureInfo.InvariantCulture, out var amount);
            var isInt = int.TryParse(number, CultureInfo.InvariantCulture, out var count);
            var isDay = DateOnly.TryParse(day, CultureInfo.InvariantCulture, out var date);
            isBound.ShouldBe(isDecimal && isInt && isDay);
            row.ShouldBe(isBound ? new Numbers(amount, date, count) : null);
        });

    [Theory]
    [InlineData("note", "Column text is missing.", "Column count is missing.")]
    [InlineData("textt,count,note", "Column text is missing. Did you mean textt?")]
    [InlineData("text,TEXT,count,note", "Columns 1 (text) and 2 (TEXT) are both Text.")]
    [InlineData("x", "Column text is missing.", "Column note is missing.", "Column count is missing.", "No column is called as a property of Everything. Known are text, note, count, maybe, amount, day, id, is, colour, maybeColour, firstName.")]
    public void Create_ColumnsThatDoNotFit_NamesEach(string header, params string[] violations) =>
        Should.Throw<TableHeaderException>(() => RowPlan<Everything>.Create(header.Split(','))).Violations.ShouldBe(violations);

    [Fact]
    public void Create_TypeThatNoTextIs_IsRefused() =>
        Should.Throw<ArgumentException>(() => RowPlan<Nested>.Create(["inner"])).Message.ShouldContain("inner of its constructor is a Everything");

    [Fact]
    public void Rules_Faults_AreTheFirst()
    {
        var rules = RowPlan<Guarded>.Create(["x", "age"]).Rules(1, 1);

        rules.Select(rule => rule.Code).ShouldBe(["record_too_long", "cell_too_long", "cell_count", "stray_quote", "unclosed_quote", "invalid_utf8", "nul_byte", "invalid_json", "unreadable", "unreadable"]);
        rules[2].Message.ShouldContain("columns: 2.");
        rules[8].Column.ShouldBe(1);
    }

    private static (T? Row, string[] Broken) Bind<T>(string header, string cells)
    {
        var plan = RowPlan<T>.Create(header.Split(','));
        return Bind(plan, plan.CreateBinder(), cells);
    }

    private static (T? Row, string[] Broken) Bind<T>(RowPlan<T> plan, RowBinder<T> binder, string cells)
    {
        var reader = new FakeReader(cells.Split(','));
        var sink = new Sink();
        var isBound = binder.TryBind(ref reader, sink, out var row);
        isBound.ShouldBe(sink.Broken.Count == 0);
        return (row, [.. sink.Broken.Select(rule => plan.Rules(1, 1)[rule]).Select(rule => $"{rule.Column} {rule.Field} {rule.Code}: {rule.Message}")]);
    }

    private sealed record Numbers(decimal Amount, DateOnly Day, int Count);

    private sealed record Everything(string Text, string? Note, int Count, int? Maybe = null)
    {
        public decimal Amount { get; init; }

        public DateOnly Day { get; set; }

        public Guid Id { get; init; }

        public bool Is { get; init; }

        public Colour Colour { get; init; }

        public Colour? MaybeColour { get; init; }

        [JsonPropertyName("firstName")]
        public string Given { get; init; } = "nobody";

        public int[] Unread { get; init; } = [];

        public int Computed => Count * 2;
    }

    private sealed record Nested(Everything Inner);

    private sealed class Guarded
    {
        public Guarded(int age) => Age = age >= 0 ? age : throw new ArgumentOutOfRangeException(nameof(age));

        public int Age { get; }
    }

    private sealed class Sink : IRuleSink
    {
        public List<int> Broken { get; } = [];

        public void Break(int rule) => Broken.Add(rule);
    }

    private readonly struct FakeReader(string[] cells) : IRecordReader
    {
        public RecordFault Fault => RecordFault.None;

        public int Record => 0;

        public int Line => 0;

        public int Offset => 0;

        public int Length => 0;

        public int LineCount => 0;

        public bool Read() => false;

        public ReadOnlySpan<byte> Cell(int column) => Encoding.UTF8.GetBytes(cells[column]);
    }
}
