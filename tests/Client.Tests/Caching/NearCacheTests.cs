using Armature.Testing;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;

namespace Armature.Caching;

/// <summary>Copies of entries in the caller's process.</summary>
public sealed class NearCacheTests : IDisposable
{
    private const string Name = "near";

    // The cluster is asked four times in the staleness that is allowed.
    private static readonly TimeSpan Round = new NearCacheOptions().MaxStaleness / 4;

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private readonly WaitedTime _time = new();
    private readonly FakeCacheFeed _feed = new();
    private readonly DictionaryCacheRoute _route;
    private readonly CacheClients _here;
    private readonly CacheClients _elsewhere;
    private readonly CacheClient<int> _near;
    private readonly CacheClient<int> _other;
    private readonly CacheClient<int> _use;

    public NearCacheTests()
    {
        _route = new(_time);
        _here = Process();
        _elsewhere = Process();
        _near = _here.Create<int>(Name, CacheFormat.Json, new NearCacheOptions());
        _use = _here.Create<int>("use", CacheFormat.Json, new NearCacheOptions());
        _other = _elsewhere.Create<int>(Name, CacheFormat.Json);
    }

    [Fact]
    public async Task GetManyAsync_ReadBefore_CallsNobodyAndKeepsTheOrder()
    {
        await _other.SetManyAsync(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2, ["c"] = 3 });
        await BeginAsync();
        await _near.GetManyAsync(["a", "b"]);

        var found = await AskedForAsync(() => _near.GetManyAsync(["c", "b", "none", "a", "b", ""]));
        found.Asked.ShouldBe(["c", "none"]);
        found.Found.Select(entry => entry.GetValueOrDefault(-1)).ShouldBe([3, 2, -1, 1, 2, -1]);
        found.Found[5].Error!.Code.ShouldBe(CacheErrorCodes.KeyNotAllowed);

        (await AskedForAsync(() => _near.GetManyAsync(["a", "b", "c", "a"]))).Asked.ShouldBeEmpty();
        (await AskedForAsync(() => _near.GetManyAsync([]))).Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetManyAsync_CopiesAndOthers_AreCounted()
    {
        await ReadOnceAsync();
        var (hits, misses, entries) = Count();

        (hits, misses).ShouldBe((2, 1));
        entries.ShouldBeGreaterThanOrEqualTo(1); // Other tests have copies at the same time.

        // On one thread: what other tests read at the same time is left out.
        (long Hits, long Misses, long Entries) Count()
        {
            using var measured = new Measured("Armature.Caching");
            _near.GetManyAsync(["a", "none", "a"]).AsTask().GetAwaiter().GetResult();
            measured.Observe();
            return (measured["armature.caching.near.hits"], measured["armature.caching.near.misses"], measured["armature.caching.near.entries"]);
        }
    }

    [Fact]
    public async Task GetAsync_BeforeTheClusterSaidWhatWasChanged_KeepsNothing()
    {
        await _other.SetAsync("a", 1);
        _feed.IsSilent = true;

        await _near.GetAsync("a");

        (await AskedForAsync(() => _near.GetManyAsync(["a"]))).Asked.ShouldBe(["a"]);
    }

    [Fact]
    public async Task GetAsync_ChangedElsewhere_IsReadAnewWithinTheTimeThatIsAllowed()
    {
        await ReadOnceAsync();
        await ChangeAsync("a", 2);
        (await _near.GetAsync("a")).Value.ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(1));

        (await _near.GetAsync("a")).Value.ShouldBe(2);
    }

    [Fact]
    public async Task GetAsync_ChangedElsewhereAndHeardOf_IsReadAnewAndOthersAreNot()
    {
        await _other.SetAsync("b", 1);
        await ReadOnceAsync();
        await _near.GetAsync("b");
        await ChangeAsync("a", 2);

        await NextRoundAsync();

        (await AskedForAsync(() => _near.GetManyAsync(["a", "b"]))).Asked.ShouldBe(["a"]);
    }

    [Fact]
    public async Task GetAsync_ClusterDoesNotSayWhatWasChanged_AsksForEverything()
    {
        await ReadOnceAsync();
        _feed.IsSilent = true;
        (await AskedForAsync(() => _near.GetManyAsync(["a"]))).Asked.ShouldBeEmpty();

        _time.Advance(TimeSpan.FromSeconds(1));

        (await AskedForAsync(() => _near.GetManyAsync(["a"]))).Asked.ShouldBe(["a"]);
    }

    [Fact]
    public async Task GetAsync_ChangedByThisProcess_IsReadAnewAtOnce()
    {
        await ReadOnceAsync();
        await _here.Create<int>(Name, CacheFormat.Json).SetAsync("a", 2);
        (await _near.GetAsync("a")).Value.ShouldBe(2);

        await NextRoundAsync();
        await _near.GetAsync("a");
        await _near.DeleteAsync("a");
        (await _near.GetAsync("a")).HasValue.ShouldBeFalse();
    }

    [Fact]
    public async Task GetAsync_PartitionsAreHeldByAnotherSilo_IsReadAnew()
    {
        await ReadOnceAsync();
        _feed.MoveAll(2);

        await NextRoundAsync();

        (await AskedForAsync(() => _near.GetManyAsync(["a"]))).Asked.ShouldBe(["a"]);
        (await AskedForAsync(() => _near.GetManyAsync(["a"]))).Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetAsync_MoreChangedThanIsRemembered_IsReadAnew()
    {
        await ReadOnceAsync();
        _feed.Forget();

        await NextRoundAsync();

        (await AskedForAsync(() => _near.GetManyAsync(["a"]))).Asked.ShouldBe(["a"]);
    }

    [Fact]
    public async Task GetAsync_HalfOfItsLifeIsOver_TheClusterHearsOfTheUse()
    {
        await _other.SetAsync("a", 1, new() { Ttl = CacheExpiry.Sliding(TimeSpan.FromSeconds(4)) });
        await BeginAsync();
        for (var i = 0; i < 5; i++)
        {
            (await _near.GetAsync("a")).HasValue.ShouldBeTrue();
            await PassAsync(TimeSpan.FromSeconds(2));
        }

        await PassAsync(TimeSpan.FromSeconds(4));
        (await _near.GetAsync("a")).HasValue.ShouldBeFalse();
    }

    [Fact]
    public async Task GetAsync_OlderThanMaxAge_IsReadAnew()
    {
        await ReadOnceAsync();
        await PassAsync(TimeSpan.FromSeconds(29));
        (await AskedForAsync(() => _near.GetManyAsync(["a"]))).Asked.ShouldBeEmpty();

        await PassAsync(TimeSpan.FromSeconds(1));

        (await AskedForAsync(() => _near.GetManyAsync(["a"]))).Asked.ShouldBe(["a"]);
    }

    [Fact]
    public async Task GetAsync_LargeValueOrManyKeys_AreNotAllKept()
    {
        var near = _here.Create<int>(Name, CacheFormat.Json, new NearCacheOptions { MaxEntries = 10, MaxValueBytes = 3 });
        await _other.SetManyAsync(Enumerable.Range(0, 200).ToDictionary(i => $"{i}", i => i));
        await _other.SetAsync("large", 1_000);
        await BeginAsync();
        string[] keys = [.. Enumerable.Range(0, 200).Select(i => $"{i}")];
        await near.GetManyAsync([.. keys, "large"]);

        (await AskedForAsync(() => near.GetManyAsync(keys))).Asked.Count.ShouldBeInRange(180, 199);
        (await AskedForAsync(() => near.GetManyAsync(["large"]))).Asked.ShouldBe(["large"]);
    }

    [Fact]
    public async Task Use_NobodyReadsForLong_TheClusterIsLeftAlone()
    {
        await ReadOnceAsync();

        var (seen, quiet) = (0, 0);
        await Eventually.BecomesTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                quiet = _feed.Reads == seen ? quiet + 1 : 0;
                seen = _feed.Reads;
                return quiet == 20;
            },
            "nobody is asked any more");

        (await _near.GetAsync("a")).Value.ShouldBe(1);
        await Eventually.BecomesTrueAsync(() => _feed.Reads > seen, "the cluster is asked again");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000_001)]
    public void MaxEntries_OutOfRange_IsRefused(int count) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new NearCacheOptions { MaxEntries = count }).Message.ShouldContain("between 1 and 10000000");

    [Fact]
    public async Task GetManyAsync_AnyChangesHereAndElsewhere_IsNeverOlderThanTheLastRound()
    {
        await BeginAsync();
        var key = Gen.Int[0, 5].Select(number => $"k{number}");
        await Gen.Select(Gen.Int[0, 9], key, Gen.Int[0, 1_000]).Array[60].SampleAsync(
            async steps =>
            {
                var old = new Dictionary<string, HashSet<int?>>();
                var current = new Dictionary<string, int?>();
                foreach (var (kind, name, value) in steps)
                {
                    switch (kind)
                    {
                        case 0:
                            await ChangeAsync(name, value);
                            old.TryAdd(name, []);
                            old[name].Add(current.GetValueOrDefault(name));
                            current[name] = value;
                            break;
                        case 1:
                            await _near.SetAsync(name, value);
                            old.Remove(name);
                            current[name] = value;
                            break;
                        case 2:
                            await NextRoundAsync();
                            old.Clear();
                            break;
                        default:
                            int? found = await _near.GetAsync(name) is { HasValue: true } entry ? entry.Value : null;
                            if (found != current.GetValueOrDefault(name))
                            {
                                old.GetValueOrDefault(name, []).ShouldContain(found);
                            }

                            break;
                    }
                }

                await _near.DeleteManyAsync([.. current.Keys]);
            },
            iter: 30,
            threads: 1);
    }

    public void Dispose()
    {
        _here.Dispose();
        _elsewhere.Dispose();
        _services.Dispose();
    }

    private CacheClients Process() => new(_route, _feed, _services.GetRequiredService<Serializer>(), _time, NullLoggerFactory.Instance);

    /// <summary>Copies may be kept from here on.</summary>
    private async Task BeginAsync()
    {
        await _near.GetAsync("nobody has this");
        await NextRoundAsync();
    }

    private async Task ReadOnceAsync()
    {
        await _other.SetAsync("a", 1);
        await BeginAsync();
        (await _near.GetAsync("a")).Value.ShouldBe(1);
        (await AskedForAsync(() => _near.GetManyAsync(["a"]))).Asked.ShouldBeEmpty();
    }

    private async Task ChangeAsync(string key, int value)
    {
        await _other.SetAsync(key, value);
        _feed.Change(Name, key);
    }

    /// <summary>A question that begins after this call is answered, and what it said is known.</summary>
    private async Task NextRoundAsync()
    {
        await _use.GetAsync("any");
        await _time.WhenWaitedFor;
        _time.Advance(Round);
        await _time.WhenWaitedFor;
    }

    /// <summary>Lets time pass in which the near-cache is in use.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Round)
        {
            await NextRoundAsync();
        }
    }

    private async Task<(List<string> Asked, IReadOnlyList<CacheEntry<int>> Found)> AskedForAsync(Func<ValueTask<IReadOnlyList<CacheEntry<int>>>> read)
    {
        _route.Requests.Clear();
        var found = await read();
        return ([.. _route.Requests.SelectMany(request => Enumerable.Range(0, request.Keys.Count).Select(i => System.Text.Encoding.UTF8.GetString(request.Keys[i])))], found);
    }
}
