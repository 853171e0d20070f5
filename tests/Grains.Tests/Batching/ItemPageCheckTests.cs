namespace Armature.Batching;

public sealed class ItemPageCheckTests
{
    [Theory]
    [InlineData(2, null)]
    [InlineData(2, 2)]
    [InlineData(0, 0)]
    [InlineData(0, 7)]
    public void Check_CountOfTheLastPage_Passes(int items, int? count) => ItemPageCheck.Check("batch", Page(items), count);

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(0, -1)]
    public void Check_CountOfAnotherPage_IsRefused(int items, int count) =>
        Should.Throw<ArgumentException>(() => ItemPageCheck.Check("batch", Page(items), count));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Check_PartMissing_IsRefused(int missing)
    {
        var page = new PackedEntries(
            missing == 0 ? null! : [],
            missing == 1 ? null! : [],
            missing == 2 ? null! : [],
            missing == 3 ? null! : []);

        Should.Throw<ArgumentException>(() => ItemPageCheck.Check("batch", page, null)).Message.ShouldContain("missing");
    }

    [Fact]
    public void Check_NoPage_IsRefused() => Should.Throw<ArgumentException>(() => ItemPageCheck.Check("batch", null!, null));

    [Theory]
    [InlineData("batches/batch/items/0123456789abcdef0123456789abcdef/7", true)]
    [InlineData("batches/batch/items/0123456789abcdef0123456789abcdef/8", false)]
    [InlineData("batches/batch/items/0123456789ABCDEF0123456789ABCDEF/7", false)]
    [InlineData("batches/batch/items/7", false)]
    [InlineData("batches/batch/items/../../other/items/7", false)]
    [InlineData("batches/batch/items/0123456789abcdef0123456789abcdef/7/7", false)]
    [InlineData("batches/other/items/0123456789abcdef0123456789abcdef/7", false)]
    public void Check_NameOfABlob_IsThatOfTheItem(string name, bool allowed)
    {
        var writer = new EntryWriter();
        writer.AddBlobName(7, name);
        var page = writer.Take();

        if (allowed)
        {
            ItemPageCheck.Check("batch", page, null);
            return;
        }

        Should.Throw<ArgumentException>(() => ItemPageCheck.Check("batch", page, null)).Message.ShouldContain("Item 7");
    }

    private static PackedEntries Page(int items)
    {
        var writer = new EntryWriter();
        for (var i = 0; i < items; i++)
        {
            writer.Add(i, EntryKind.Value, [0]);
        }

        return writer.Take();
    }
}
