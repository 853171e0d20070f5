using System.Text.Json;
using Armature.Testing;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization;

namespace Armature.Caching;

public sealed class CacheClientTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly DictionaryCacheRoute _route;
    private readonly CacheClients _caches;

    public CacheClientTests()
    {
        _route = new(_time);
        _caches = new(_route, new FakeCacheFeed(), _services.GetRequiredService<Serializer>(), TimeProvider.System, NullLoggerFactory.Instance);
    }

    [Fact]
    public async Task ManyCalls_AnyKeysAndValues_DoAsADictionaryDoes()
    {
        var key = Gen.OneOf(Gen.String[Gen.Char['a', 'c'], 0, 2], Gen.OneOf(Gen.Const("ключ"), Gen.Const("鍵"), Gen.Const("🔑"), Gen.Const("é")));
        var step = Gen.Select(Gen.Int[0, 3], Gen.Select(key, Gen.Int.Nullable()).Array[0, 8]);
        await step.Array[1, 20].SampleAsync(async steps =>
        {
            var cache = Create<int?>(new DictionaryCacheRoute(_time));
            var model = new Dictionary<string, int?>();
            foreach (var (kind, entries) in steps)
            {
                await PlayAsync(kind, entries, cache, model);
            }
        });
    }

    [Fact]
    public async Task GetManyAsync_NoKeys_CallsNobody()
    {
        var cache = Create<int>();

        (await cache.GetManyAsync([])).ShouldBeEmpty();
        (await cache.SetManyAsync(new Dictionary<string, int>())).ShouldBeEmpty();
        (await cache.DeleteManyAsync([])).ShouldBeEmpty();

        _route.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task InvalidateTagsAsync_ManyTags_AsksForAFewAtATime()
    {
        var gate = new Gate();
        var route = new GatedCacheRoute(_route, gate);
        var invalidated = Create<int>(route).InvalidateTagsAsync([.. Enumerable.Range(0, 100).Select(i => $"tag-{i}")]);

        await gate.WaitForEnteredAsync(4);
        gate.Inside.ShouldBe(4);
        gate.Open();
        await invalidated;
        gate.Entered.ShouldBe(100);
    }

    [Fact]
    public async Task InvalidateTagsAsync_TooManyTags_SaysHowManyAreAllowed()
    {
        string[] tags = [.. Enumerable.Range(0, CacheLimits.MaxTags + 1).Select(i => $"tag-{i}")];

        var exception = await Should.ThrowAsync<ArgumentException>(() => Create<int>().InvalidateTagsAsync(tags));

        exception.Message.ShouldContain("1,001 tags; one call takes 1,000");
        _route.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetManyAsync_CachedNull_IsNoMiss()
    {
        var cache = Create<string?>();
        await cache.SetAsync("null", null);

        var found = await cache.GetManyAsync(["null", "none"]);

        found[0].HasValue.ShouldBeTrue();
        found[0].Value.ShouldBeNull();
        found[1].HasValue.ShouldBeFalse();
        found[1].GetValueOrDefault("other").ShouldBe("other");
        Should.Throw<InvalidOperationException>(() => found[1].Value).Message.ShouldContain("HasValue");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(null, "null")]
    [InlineData("a\nb", "U+000A")]
    [InlineData("a\u0085", "U+0085")]
    [InlineData("\u0000", "U+0000")]
    [InlineData("a\u007f", "U+007F")]
    public async Task GetManyAsync_KeyBreaksARule_FailsInItsPlaceAlone(string? key, string expected)
    {
        var cache = Create<int>();
        await cache.SetManyAsync(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 });

        var found = await cache.GetManyAsync(["a", key!, "b", key!]);

        found.Select(entry => entry.GetValueOrDefault(-1)).ShouldBe([1, -1, 2, -1]);
        found[1].Error!.Code.ShouldBe(CacheErrorCodes.KeyNotAllowed);
        found[1].Error!.Message.ShouldContain(expected);
        found[3].Error.ShouldBe(found[1].Error);
    }

    [Fact]
    public async Task GetManyAsync_HalfACharacter_FailsInItsPlaceAlone()
    {
        var found = await Create<int>().GetManyAsync(["a", "b\uD83D", "\uDD11"]);

        found[0].Error.ShouldBeNull();
        found[1].Error!.Message.ShouldContain("surrogate");
        found[2].Error!.Message.ShouldContain("surrogate");
    }

    [Theory]
    [InlineData(1_024, "")]
    [InlineData(1_025, "1,025 characters; 1 to 1,024")]
    public async Task GetManyAsync_LongKey_IsMeasuredInCharacters(int length, string expected)
    {
        var found = await Create<int>().GetManyAsync([new('鍵', length), "a"]);

        (found[0].Error is null).ShouldBe(expected.Length == 0);
        (found[0].Error?.Message ?? "").ShouldContain(expected);
        found[1].Error.ShouldBeNull();
    }

    [Fact]
    public async Task GetManyAsync_AllKeysBreakRules_CallsNobody()
    {
        var found = await Create<int>().GetManyAsync(["", "\t"]);

        found.ShouldAllBe(entry => entry.Error != null);
        _route.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetManyAsync_TooManyKeys_SaysHowManyAreTaken()
    {
        var keys = Enumerable.Repeat("a", CacheLimits.MaxKeys + 1).ToArray();

        (await Should.ThrowAsync<ArgumentException>(async () => await Create<int>().GetManyAsync(keys))).Message.ShouldContain("1,000,000");
    }

    [Fact]
    public async Task GetManyAsync_BytesOfAnotherType_FailInTheirPlaceAlone()
    {
        await Create<string>().SetAsync("text", "no number");
        var cache = Create<int>();
        await cache.SetAsync("number", 7);

        var found = await cache.GetManyAsync(["number", "text", "none"]);

        found[0].Value.ShouldBe(7);
        found[1].Error!.Code.ShouldBe(CacheErrorCodes.ValueUnreadable);
        found[1].HasValue.ShouldBeFalse();
        found[2].Error.ShouldBeNull();
    }

    [Fact]
    public async Task ManyCalls_SiloFailsAKey_FailsInItsPlaceAlone()
    {
        _route.Bad.Add("bad");
        var cache = Create<int>();
        string[] keys = ["", "a", "bad", "b"];

        var written = await cache.SetManyAsync([.. keys.Select((key, i) => KeyValuePair.Create(key, i))]);
        var ttls = await cache.TtlManyAsync(keys);
        var expired = await cache.ExpireManyAsync(keys, TimeSpan.FromMinutes(1));
        var deleted = await cache.DeleteManyAsync(keys);

        string?[] codes = ["key_not_allowed", null, "bad", null];
        written.Select(error => error?.Code).ShouldBe(codes);
        written.Failed.ShouldBe(2);
        ttls.Select(ttl => ttl.Error?.Code).ShouldBe(codes);
        expired.Select(status => status.Error?.Code).ShouldBe(codes);
        deleted.Select(status => (status.Error?.Code, status.IsFound)).ShouldBe([(codes[0], false), (null, true), (codes[2], false), (null, true)]);
    }

    [Fact]
    public async Task SetManyAsync_ValueThatCannotBeWritten_FailsInItsPlaceAlone()
    {
        var cache = Create<Fussy>();

        var written = await cache.SetManyAsync([new CacheItem<Fussy>("a", new(1)), new("bad", new(-1)), new("b", new(2))]);

        written.Select(error => error?.Code).ShouldBe([null, CacheErrorCodes.ValueUnwritable, null]);
        written[1]!.Message.ShouldContain("no negative numbers");
        (await cache.GetManyAsync(["a", "bad", "b"])).Select(entry => entry.GetValueOrDefault()?.Number).ShouldBe([1, null, 2]);
    }

    [Fact]
    public async Task SetManyAsync_ExpiryForAllAndForEach_IsKept()
    {
        var route = new DictionaryCacheRoute(_time) { DefaultExpiry = TimeSpan.FromHours(1) };
        var cache = Create<int>(route);

        await cache.SetAsync("default", 1);
        await cache.SetAsync("all", 1, new() { Ttl = TimeSpan.FromSeconds(5) });
        await cache.SetManyAsync([new CacheItem<int>("own", 1, TimeSpan.FromSeconds(1)), new("never", 1, CacheExpiry.Never), new("common", 1)], new() { Ttl = TimeSpan.FromSeconds(9) });
        await cache.SetManyAsync([new CacheItem<int>("sliding", 1, CacheExpiry.Sliding(TimeSpan.FromSeconds(2))), new("own default", 1)]);

        var ttls = await cache.TtlManyAsync(["default", "all", "own", "never", "common", "sliding", "own default", "none"]);
        ttls.Select(ttl => ttl.TimeToLive?.TotalSeconds).ShouldBe([3_600, 5, 1, null, 9, 2, 3_600, null]);
        ttls.Select(ttl => ttl.IsFound).ShouldBe([true, true, true, true, true, true, true, false]);
        route.Requests.SelectMany(request => request.Expiries ?? []).ShouldContain(CacheExpiry.Sliding(TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task SetManyAsync_KeyTwice_KeepsTheLast()
    {
        var cache = Create<int>();

        await cache.SetManyAsync([KeyValuePair.Create("a", 1), KeyValuePair.Create("b", 2), KeyValuePair.Create("a", 3)]);

        (await cache.GetManyAsync(["a", "a", "b"])).Select(entry => entry.Value).ShouldBe([3, 3, 2]);
    }

    [Fact]
    public async Task ManyCalls_Cancelled_ThrowAndCallNobody()
    {
        var cache = Create<int>();
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(async () => await cache.GetManyAsync(["a"], cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await cache.SetAsync("a", 1, cancellationToken: cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await cache.DeleteManyAsync([], cancelled));

        _route.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task SingleCalls_KeyFails_Throw()
    {
        _route.Bad.Add("bad");
        var cache = Create<int>();

        (await Should.ThrowAsync<CacheKeyException>(async () => await cache.GetAsync("bad"))).Error.Code.ShouldBe("bad");
        await Should.ThrowAsync<CacheKeyException>(async () => await cache.SetAsync("bad", 1));
        await Should.ThrowAsync<CacheKeyException>(async () => await cache.DeleteAsync("bad"));
        await Should.ThrowAsync<CacheKeyException>(async () => await cache.ExistsAsync("bad"));
        await Should.ThrowAsync<CacheKeyException>(async () => await cache.TtlAsync("bad"));
        await Should.ThrowAsync<CacheKeyException>(async () => await cache.ExpireAsync("bad", CacheExpiry.Never));
        (await Should.ThrowAsync<CacheKeyException>(async () => await cache.GetAsync(""))).Message.ShouldContain("1 to 1,024");
    }

    [Fact]
    public async Task SingleCalls_OneEntry_LivesAndEnds()
    {
        var cache = Create<int>();

        (await cache.GetAsync("a")).HasValue.ShouldBeFalse();
        (await cache.ExpireAsync("a", TimeSpan.FromSeconds(1))).ShouldBeFalse();
        await cache.SetAsync("a", 5);
        (await cache.GetAsync("a")).Value.ShouldBe(5);
        (await cache.TtlAsync("a")).ShouldBe(new CacheTtl(true));
        (await cache.ExpireAsync("a", TimeSpan.FromSeconds(1))).ShouldBeTrue();
        (await cache.ExistsAsync("a")).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await cache.ExistsAsync("a")).ShouldBeFalse();
        await cache.SetAsync("a", 6);
        (await cache.DeleteAsync("a")).ShouldBeTrue();
        (await cache.DeleteAsync("a")).ShouldBeFalse();
    }

    [Fact]
    public Task GetManyAsync_RawMemory_SaysOfAnyKeysWhatArraysSay() =>
        Gen.Int[0, 6].Select(static number => number == 6 ? "bad\n" : $"key{number}").Array[0, 20].SampleAsync(async keys =>
        {
            var memory = _caches.Create<ReadOnlyMemory<byte>>("raw", CacheFormat.Raw);
            var arrays = _caches.Create<byte[]>("raw", CacheFormat.Raw);
            await memory.SetManyAsync(new Dictionary<string, ReadOnlyMemory<byte>> { ["key0"] = new byte[] { 1 }, ["key1"] = default, ["key2"] = new byte[] { 2, 3 } });

            var found = await memory.GetManyAsync(keys);

            var expected = await arrays.GetManyAsync(keys);
            found.Count.ShouldBe(keys.Length);
            found.Select(static entry => (entry.HasValue, entry.Error?.Code, entry.IsStale, Convert.ToHexString(entry.GetValueOrDefault().Span)))
                .ShouldBe(expected.Select(static entry => (entry.HasValue, entry.Error?.Code, entry.IsStale, Convert.ToHexString(entry.GetValueOrDefault() ?? []))));
        });

    [Fact]
    public async Task Create_RawBytes_PassesMemoryOnAsItIs()
    {
        var cache = _caches.Create<ReadOnlyMemory<byte>>("raw", CacheFormat.Raw);
        byte[] bytes = [1, 2, 3, 4];

        await cache.SetAsync("a", bytes.AsMemory(1, 2));
        await cache.SetAsync("empty", ReadOnlyMemory<byte>.Empty);

        _route.Requests[0].Values![0].ShouldBe(bytes.AsMemory(1, 2));
        (await cache.GetAsync("a")).Value.ToArray().ShouldBe([2, 3]);
        (await cache.GetAsync("empty")).Value.Length.ShouldBe(0);
        var arrays = _caches.Create<byte[]>("raw", CacheFormat.Raw);
        (await arrays.GetAsync("a")).Value.ShouldBe([2, 3]);
        (await arrays.SetManyAsync(new Dictionary<string, byte[]> { ["null"] = null! }))[0]!.Code.ShouldBe(CacheErrorCodes.ValueUnwritable);
    }

    [Fact]
    public async Task Create_OtherFormats_ReadWhatTheyWrote()
    {
        var orleans = _caches.Create<List<string?>>("orleans", CacheFormat.Orleans);
        var own = _caches.Create<Fussy>("own", new JsonCacheSerializer(new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase }));

        await orleans.SetAsync("a", ["x", null]);
        await own.SetAsync("a", new(3));

        (await orleans.GetAsync("a")).Value.ShouldBe(["x", null]);
        (await own.GetAsync("a")).Value.Number.ShouldBe(3);
        System.Text.Encoding.UTF8.GetString(_route.Requests[1].Values![0].Span).ShouldBe("""{"number":3}""");
    }

    [Fact]
    public void Create_WrongArguments_SaysWhatIsAllowed()
    {
        Should.Throw<ArgumentException>(() => _caches.Create<int>("", CacheFormat.Json)).Message.ShouldContain("1 to 100");
        Should.Throw<ArgumentException>(() => _caches.Create<int>(new('a', 101), CacheFormat.Json)).Message.ShouldContain("101 characters; 1 to 100");
        Should.Throw<ArgumentException>(() => _caches.Create<int>("a\0b", CacheFormat.Json)).Message.ShouldContain("U+0000");
        Should.Throw<ArgumentException>(() => _caches.Create<int>("a", CacheFormat.Raw)).Message.ShouldContain("byte[], not Int32");
        Should.Throw<ArgumentOutOfRangeException>(() => _caches.Create<int>("a", (CacheFormat)9));
        _caches.Create<int>(new('鍵', 100), CacheFormat.Json).Name.Length.ShouldBe(100);
    }

    public void Dispose() => _services.Dispose();

    private static async Task PlayAsync(int kind, (string Key, int? Value)[] entries, CacheClient<int?> cache, Dictionary<string, int?> model)
    {
        var keys = Array.ConvertAll(entries, entry => entry.Key);
        switch (kind)
        {
            case 0:
                (await cache.SetManyAsync(Array.ConvertAll(entries, entry => KeyValuePair.Create(entry.Key, entry.Value))))
                    .Select(error => error is null).ShouldBe(keys.Select(key => key.Length > 0));
                Array.ForEach(entries, entry => model[entry.Key] = entry.Value);
                model.Remove("");
                break;
            case 1:
                (await cache.DeleteManyAsync(keys)).Select(status => status.IsFound).ShouldBe(keys.Select(key => model.Remove(key)));
                break;
            case 2:
                (await cache.ExistsManyAsync(keys)).Select(status => status.IsFound).ShouldBe(keys.Select(model.ContainsKey));
                break;
            default:
                var found = await cache.GetManyAsync(keys);
                found.Select(entry => (entry.HasValue, entry.GetValueOrDefault())).ShouldBe(keys.Select(key => (model.ContainsKey(key), model.GetValueOrDefault(key))));
                found.Select(entry => entry.Error is null).ShouldBe(keys.Select(key => key.Length > 0));
                break;
        }
    }

    private CacheClient<T> Create<T>(ICacheRoute? route = null) =>
        new CacheClients(route ?? _route, new FakeCacheFeed(), _services.GetRequiredService<Serializer>(), TimeProvider.System, NullLoggerFactory.Instance).Create<T>("cache", CacheFormat.Json);

    private sealed record Fussy
    {
        private readonly int _number;

        public Fussy(int number) => _number = number;

        public int Number => _number >= 0 ? _number : throw new InvalidOperationException("no negative numbers");
    }
}
