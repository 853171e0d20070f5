using System.Text;
using Armature.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization;

namespace Armature.Caching;

public sealed class CacheWarmingTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private readonly DictionaryCacheRoute _route = new(new FakeTimeProvider());
    private readonly CacheClients _caches;

    public CacheWarmingTests() => _caches = new(
        _route, new FakeCacheFeed(), _services.GetRequiredService<Serializer>(), TimeProvider.System, NullLoggerFactory.Instance);

    [Fact]
    public async Task RunAsync_AllKindsOfLines_AreWrittenOrFailInTheirPlaces()
    {
        _route.Bad.Add("bad");
        var warming = await WarmAsync(
            CacheExpiry.After(TimeSpan.FromHours(1)),
            "\uFEFF{\"key\":\"a\",\"value\":{\"n\": 1}}",
            "",
            " \t\r",
            "{\"value\":null,\"key\":\"b\",\"ttl\":\"5m\"}\r",
            "{\"key\":\"c\",\"value\":\"x\",\"ttl\":0.5}",
            "{\"key\":\"bad\",\"value\":1}",
            "{\"key\":\"\",\"value\":1}",
            "{\"key\":\"d\"}",
            "[1]",
            "{",
            "{\"key\":\"e\",\"value\":1,\"ttl\":0}",
            "{\"key\":\"e\",\"value\":1,\"ttl\":\"soon\"}",
            "{\"key\":7,\"value\":1}");

        warming.Lines.ShouldBe(11);
        warming.Written.ShouldBe(3);
        warming.FailedCount.ShouldBe(8);
        warming.Failed.Select(item => (item.Item, item.Code)).ShouldBe(
            [
                ("line 8", "line_invalid"), ("line 9", "line_invalid"), ("line 10", "line_invalid"), ("line 11", "line_invalid"),
                ("line 12", "line_invalid"), ("line 13", "line_invalid"), ("line 6", "bad"), ("line 7", "key_not_allowed"),
            ]);
        warming.Failed[0].Message.ShouldContain("""{"key":"a","value":...""");
        warming.Failed[4].Message.ShouldContain("'soon'");
        var cache = _caches.Create<ReadOnlyMemory<byte>>("cache", CacheFormat.Raw);
        (await cache.GetManyAsync(["a", "b", "c"])).Select(entry => Encoding.UTF8.GetString(entry.Value.Span)).ShouldBe(["{\"n\": 1}", "null", "\"x\""]);
        (await cache.TtlManyAsync(["a", "b", "c"])).Select(ttl => ttl.TimeToLive?.TotalSeconds).ShouldBe([3_600, 300, 0.5]);
    }

    [Theory]
    [InlineData("""{"key":"\ud800","value":1}""")]
    [InlineData("""{"key":"a","value":1,"ttl":"\ud800"}""")]
    [InlineData("{\"key\":\"\u00FF\",\"value\":1}")]
    [InlineData("{\"key\":\"a\",\"value\":\"\u00FF\"}")]
    public async Task RunAsync_TextThatIsNone_FailsThatLineAlone(string bad)
    {
        var warming = new CacheWarming(_caches.Create<ReadOnlyMemory<byte>>("cache", CacheFormat.Raw), null);
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(bad + "\n{\"key\":\"good\",\"value\":1}"));

        await warming.RunAsync(stream, new Progress<ProgressSnapshot>(), TestContext.Current.CancellationToken);

        warming.Written.ShouldBe(1);
        var failed = warming.Failed.ShouldHaveSingleItem();
        (failed.Item, failed.Code).ShouldBe(("line 1", "line_invalid"));
        failed.Message.ShouldContain("surrogate");
    }

    [Fact]
    public async Task RunAsync_ManyLines_GoInPagesAndTheLastOfAKeyStays()
    {
        var warming = await WarmAsync(null, [.. Enumerable.Range(0, 25_000).Select(i => $$"""{"key":"k{{i % 20_000}}","value":{{i}}}""")]);

        warming.Written.ShouldBe(25_000);
        _route.Requests.Select(request => request.Keys.Count).ShouldBe([10_000, 10_000, 5_000]);
        (await _caches.Create<int>("cache", CacheFormat.Json).GetAsync("k1")).Value.ShouldBe(20_001);
    }

    [Fact]
    public async Task RunAsync_Sliding_CountsFromTheLastRead()
    {
        await WarmAsync(CacheExpiry.Sliding(TimeSpan.FromMinutes(1)), """{"key":"a","value":1}""", """{"key":"b","value":1,"ttl":5}""");

        _route.Requests[0].Expiries.ShouldBe([CacheExpiry.Sliding(TimeSpan.FromMinutes(1)), CacheExpiry.Sliding(TimeSpan.FromSeconds(5))]);
    }

    public void Dispose() => _services.Dispose();

    private async Task<CacheWarming> WarmAsync(CacheExpiry? expiry, params string[] lines)
    {
        var warming = new CacheWarming(_caches.Create<ReadOnlyMemory<byte>>("cache", CacheFormat.Raw), expiry);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        await new SilentProgressView().ShowAsync("cache", null, progress => warming.RunAsync(stream, progress, TestContext.Current.CancellationToken));
        return warming;
    }
}
