using Armature.Testing;
using CsCheck;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Armature.Caching;

/// <summary>Caches of a real cluster, from inside a silo and from outside.</summary>
public sealed class CacheClusterClientTests : IAsyncLifetime
{
    private ArmatureCluster _cluster = null!;

    public async ValueTask InitializeAsync() =>
        _cluster = await ArmatureCluster.StartAsync(silos: 3, silo: silo => silo.AddMembership().AddCaching());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task ManyCalls_FromInsideAndOutside_DoAsADictionaryDoes()
    {
        var model = new Dictionary<string, int>();
        var clients = new[] { _cluster.Client, _cluster.HostedClient }.Select(client => client.Cache<int>("numbers")).ToArray();
        var keys = Gen.Int[0, 300].Select(number => $"key {number}").Array[0, 40];
        await Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1], keys, Gen.Int).SampleAsync(
            async (kind, from, keys, value) =>
            {
                var cache = clients[from];
                switch (kind)
                {
                    case 0:
                        (await cache.SetManyAsync(Array.ConvertAll(keys, key => KeyValuePair.Create(key, value + key.Length)))).Failed.ShouldBe(0);
                        Array.ForEach(keys, key => model[key] = value + key.Length);
                        break;
                    case 1:
                        (await cache.DeleteManyAsync(keys)).Select(status => status.IsFound).ShouldBe(keys.Select(key => model.Remove(key)));
                        break;
                    case 2:
                        (await cache.ExistsManyAsync(keys)).Select(status => status.IsFound).ShouldBe(keys.Select(model.ContainsKey));
                        break;
                    default:
                        (await cache.GetManyAsync(keys)).Select(entry => (entry.HasValue, entry.GetValueOrDefault())).ShouldBe(
                            keys.Select(key => (model.ContainsKey(key), model.GetValueOrDefault(key))));
                        break;
                }
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public async Task GetManyAsync_CopiesOutside_SeeWhatIsChangedInside()
    {
        var inside = _cluster.HostedClient.Cache<int>("near");
        var outside = _cluster.Client.Cache<int>("near", near: new());
        string[] keys = [.. Enumerable.Range(0, 200).Select(i => $"key {i}")];
        for (var round = 0; round < 5; round++)
        {
            await inside.SetManyAsync([.. keys.Select(key => KeyValuePair.Create(key, round))]);
            await Eventually.BecomesTrueAsync(
                async () => (await outside.GetManyAsync(keys)).All(entry => entry.GetValueOrDefault(-1) == round),
                "what was changed inside is seen outside");
        }

        await outside.SetAsync(keys[0], 100);
        (await outside.GetAsync(keys[0])).Value.ShouldBe(100);
    }

    [Fact]
    public async Task GetManyAsync_ManyLargeValuesFromOutside_ComeInPages()
    {
        var cache = _cluster.Client.Cache("large");
        var entries = Enumerable.Range(0, 60).Select(i => KeyValuePair.Create($"key {i}", Value(i, i % 2 == 0 ? 1 << 20 : 100))).ToArray();

        (await cache.SetManyAsync([.. entries, KeyValuePair.Create("too large", Value(0, (1 << 20) + 1))])).Select(error => error?.Code)
            .ShouldBe([.. Enumerable.Repeat((string?)null, 60), CacheErrorCodes.ValueTooLarge]);
        var found = await cache.GetManyAsync([.. entries.Select(entry => entry.Key).Reverse()]);

        for (var i = 0; i < entries.Length; i++)
        {
            found[i].Value.Span.SequenceEqual(entries[^(i + 1)].Value.Span).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task ManyCalls_TenThousandKeysFromOutside_AnswerEachInItsPlace()
    {
        var cache = _cluster.Client.Cache<int>("many");
        string[] keys = [.. Enumerable.Range(0, 10_000).Select(i => $"key {i}")];

        await cache.SetManyAsync([.. keys.Select((key, i) => KeyValuePair.Create(key, i)).Where(entry => entry.Value % 3 > 0)], new() { Ttl = TimeSpan.FromHours(1) });

        (await cache.GetManyAsync(keys)).Select(entry => entry.GetValueOrDefault(-1)).ShouldBe(keys.Select((_, i) => i % 3 > 0 ? i : -1));
        (await cache.TtlManyAsync(keys)).Select(ttl => ttl.IsFound && ttl.TimeToLive <= TimeSpan.FromHours(1)).ShouldBe(keys.Select((_, i) => i % 3 > 0));
        (await cache.ExpireManyAsync(keys, CacheExpiry.Never)).Count(status => status.IsFound).ShouldBe(6_666);
        (await _cluster.HostedClient.Cache<int>("many").TtlAsync("key 1")).ShouldBe(new CacheTtl(true));
    }

    [Fact]
    public async Task HybridCache_InTwoProcesses_LoadsOnce()
    {
        await using var outside = Process(_cluster.Client);
        await using var inside = Process(_cluster.HostedClient);
        var loads = 0;

        var texts = new List<string>();
        foreach (var process in new[] { outside, inside })
        {
            texts.Add(await process.GetRequiredService<HybridCache>().GetOrCreateAsync(
                "text", _ => ValueTask.FromResult($"loaded {Interlocked.Increment(ref loads)}"), tags: ["texts"]));
            await Eventually.BecomesTrueAsync(
                async () => await process.GetRequiredService<IDistributedCache>().GetAsync("text") is not null, "it is written behind the caller's back");
        }

        texts.ShouldBe(["loaded 1", "loaded 1"]);
    }

    private static ReadOnlyMemory<byte> Value(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static ServiceProvider Process(ArmatureClient client)
    {
        var services = new ServiceCollection().AddSingleton(client).AddSingleton(TimeProvider.System).AddArmatureDistributedCache("hybrid");
        services.AddHybridCache();
        return services.BuildServiceProvider();
    }
}
