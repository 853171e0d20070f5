namespace Armature.Caching;

public sealed class CacheRequestCheckTests
{
    [Fact]
    public void ThrowIfInvalid_KeyOfTheMostBytes_DoesNot() =>
        Should.NotThrow(() => CacheRequestCheck.ThrowIfInvalid(Get([StoreKeys.MaxKeyBytes], StoreKeys.MaxKeyBytes)));

    [Fact]
    public void ThrowIfInvalid_KeyOfMoreBytes_SaysHowMany()
    {
        var thrown = Should.Throw<ArgumentException>(() => CacheRequestCheck.ThrowIfInvalid(Get([1, StoreKeys.MaxKeyBytes + 2], 5_000)));

        thrown.Message.ShouldContain("A key has 3,073 bytes; 3,072 are allowed.");
    }

    [Theory]
    [InlineData(new[] { -1 })]
    [InlineData(new[] { 3, 2 })]
    [InlineData(new[] { 3, 11 })]
    [InlineData(new[] { int.MaxValue, 3 })]
    public void ThrowIfInvalid_KeysThatLieElsewhere_SaysSo(int[] ends)
    {
        var thrown = Should.Throw<ArgumentException>(() => CacheRequestCheck.ThrowIfInvalid(Get(ends, 10)));

        thrown.Message.ShouldContain("do not rise, or lie behind their bytes");
    }

    [Fact]
    public void ThrowIfInvalid_NoCacheKeysOrBytes_SaysWhatIsNeeded()
    {
        CacheRequest[] requests =
        [
            new() { Cache = null!, Operation = CacheOperation.Get, Keys = new([], []) },
            new() { Cache = "cache", Operation = CacheOperation.Get, Keys = null! },
            new() { Cache = "cache", Operation = CacheOperation.Get, Keys = new([], null!) },
        ];

        foreach (var request in requests)
        {
            Should.Throw<ArgumentException>(() => CacheRequestCheck.ThrowIfInvalid(request)).Message.ShouldContain("names a cache and has keys");
        }
    }

    [Theory]
    [InlineData(256, "", null)]
    [InlineData(257, "", "there are 256")]
    [InlineData(1, "text", "no text")]
    [InlineData(1, null, "no text")]
    public void ThrowIfInvalid_SelectionOfAll_IsForAsManyPartitionsAsThereAre(int partitions, string? text, string? wrong)
    {
        var request = new CacheRequest
        {
            Cache = "cache",
            Operation = CacheOperation.Scan,
            Keys = new([.. Enumerable.Range(1, partitions)], new byte[partitions]),
            Selection = new(CacheSelectionKind.All, text!),
        };

        Check(request, wrong);
    }

    [Theory]
    [InlineData(128, 2_048, null)]
    [InlineData(129, 1, "at most 128 characters")]
    [InlineData(1, 2_049, "at most 2,048")]
    [InlineData(-1, 1, "at most 128 characters")]
    [InlineData(1, -1, "at most 2,048")]
    public void ThrowIfInvalid_ErrorOfALoad_IsNoLongerThanAllWhoWaitCanTake(int code, int message, string? wrong)
    {
        var error = new ItemError(Text(code), Text(message));

        Check(Fail(error), wrong);
        Check(Fail(null!), "at most");

        static string Text(int length) => length < 0 ? null! : new('x', length);
    }

    private static CacheRequest Fail(ItemError error) => new()
    {
        Cache = "cache",
        Operation = CacheOperation.FailLoad,
        Keys = new([1], [1]),
        Load = new() { Tokens = [1], Errors = [error] },
    };

    private static void Check(CacheRequest request, string? wrong)
    {
        if (wrong is null)
        {
            Should.NotThrow(() => CacheRequestCheck.ThrowIfInvalid(request));
            return;
        }

        Should.Throw<ArgumentException>(() => CacheRequestCheck.ThrowIfInvalid(request)).Message.ShouldContain(wrong);
    }

    private static CacheRequest Get(int[] ends, int bytes) => new() { Cache = "cache", Operation = CacheOperation.Get, Keys = new(ends, new byte[bytes]) };
}
