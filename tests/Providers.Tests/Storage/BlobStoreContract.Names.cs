namespace Armature.Storage;

public abstract partial class BlobStoreContract
{
    public static TheoryData<string> BadNames =>
    [
        "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/..", "a/../../b", "a/./b", "a.", "a./b", "...", "a\\b", "..\\a", "C:", "C:a",
        "a b", "a\0b", "a\n", "\u00e4", "a\u2215b", "a%2Fb", "%2e%2e", "~", "a*", "a?b", "a=b", "a+b", "a:b", "$a", "'a'", "a#", "a&b",
        new string('a', 129), $"{new string('a', 129)}/b", string.Join('/', Enumerable.Repeat(new string('a', 99), 5)) + "/a",
    ];

    public static TheoryData<string> GoodNames =>
    [
        "a", "0", "-", "_", ".a", "..a", "a..b", "-rf", "nul", "NUL", "con.txt", "aux", "com1", "photo.JPG", "a/b/c/d/e/f/g",
        new string('a', 128), new string('A', 128), string.Concat(Enumerable.Repeat("aB", 64)),
        string.Join('/', Enumerable.Repeat(new string('Z', 99), 5)) + "a", string.Join('/', Enumerable.Repeat("a", 250)),
    ];

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task EveryMethod_NameThatIsNotAllowed_Throws(string name)
    {
        var store = await CreateAsync();

        await Should.ThrowAsync<ArgumentException>(async () => await store.PutAsync(name, new byte[1], Never));
        await Should.ThrowAsync<ArgumentException>(async () => await store.PutAsync(name, new MemoryStream([1]), Never));
        await Should.ThrowAsync<ArgumentException>(async () => await store.TryCreateAsync(name, new byte[1], Never));
        await Should.ThrowAsync<ArgumentException>(async () => await store.GetAsync(name, 1, Never));
        await Should.ThrowAsync<ArgumentException>(async () => await store.ReadRangeAsync(name, 0, 1, Never));
        await Should.ThrowAsync<ArgumentException>(async () => await store.OpenReadAsync(name, Never));
        await Should.ThrowAsync<ArgumentException>(async () => await store.GetInfoAsync(name, Never));
        await Should.ThrowAsync<ArgumentException>(async () => await store.DeleteAsync(name, Never));
        (await NamesAsync(store, "")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(GoodNames))]
    public async Task EveryMethod_NameThatIsAllowed_Works(string name)
    {
        var store = await CreateAsync();

        await store.PutAsync(name, new byte[1], Never);

        (await store.GetAsync(name, 1, Never)).ShouldBe([0]);
        (await NamesAsync(store, "")).ShouldBe([name]);
        (await NamesAsync(store, name)).ShouldBe([name]);
        (await store.DeleteAsync(name, Never)).ShouldBeTrue();
    }

    [Fact]
    public async Task PutAsync_NamesThatDifferInCaseAlone_AreDifferentBlobs()
    {
        var store = await CreateAsync();
        string[] names = ["photo.jpg", "Photo.jpg", "PHOTO.JPG", "p/q", "P/q", "p/Q"];

        foreach (var name in names)
        {
            await store.PutAsync(name, System.Text.Encoding.UTF8.GetBytes(name), Never);
        }

        foreach (var name in names)
        {
            (await ReadTextAsync(store, name)).ShouldBe(name);
        }

        (await NamesAsync(store, "")).ShouldBe(names, ignoreOrder: true);
    }

    [Fact]
    public async Task PutAsync_NameThatIsAnothersFolder_LeavesBoth()
    {
        var store = await CreateAsync();

        await store.PutAsync("a/b", "inner"u8.ToArray(), Never);
        await store.PutAsync("a", "outer"u8.ToArray(), Never);
        await store.PutAsync("a/b/c", "innermost"u8.ToArray(), Never);

        (await ReadTextAsync(store, "a/b")).ShouldBe("inner");
        (await ReadTextAsync(store, "a")).ShouldBe("outer");
        (await store.DeleteAsync("a", Never)).ShouldBeTrue();
        (await ReadTextAsync(store, "a/b/c")).ShouldBe("innermost");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("\\")]
    [InlineData("\0")]
    public async Task ListAsync_PrefixThatIsNotAllowed_Throws(string prefix)
    {
        var store = await CreateAsync();

        await Should.ThrowAsync<ArgumentException>(async () => await NamesAsync(store, prefix));
    }
}
