using Armature.Testing;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

public sealed class DoorMapTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DictionaryCacheRoute _cache;
    private readonly FakeDoors _doors;
    private readonly CacheDoorRoute _route;

    public DoorMapTests()
    {
        _cache = new(_time);
        _doors = new(_cache);
        _route = new(number => _doors[number], _time);
    }

    [Fact]
    public async Task CallAsync_OnceTheMapIsKnown_AsksEachSiloForWhatItHas()
    {
        await LearnAsync();

        await GetAsync(Keys(100));

        var asked = _doors.TakeAsked();
        asked.Count.ShouldBe(3);
        asked.ShouldAllBe(one => HasAllOf(one.Silo, one.Request));
        asked.Sum(one => one.Request.Keys.Count).ShouldBe(100);
    }

    [Fact]
    public async Task CallAsync_OneKey_GoesToItsSilo()
    {
        await LearnAsync();

        foreach (var key in Keys(50))
        {
            await GetAsync([key]);
            var (silo, request) = _doors.TakeAsked().ShouldHaveSingleItem();
            HasAllOf(silo, request).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task CallAsync_AnyRequests_AnswersAsOneDoorDoes()
    {
        await LearnAsync();
        var plain = new DictionaryCacheRoute(_time);
        var operations = Gen.Int[(int)CacheOperation.Get, (int)CacheOperation.Expire].Select(operation => (CacheOperation)operation);
        await Gen.Select(operations, Gen.Int[0, 30].Array[1, 40], Gen.Byte).SampleAsync(
            async (operation, numbers, value) =>
            {
                var request = new CacheRequest
                {
                    Cache = "cache",
                    Operation = operation,
                    Keys = KeyBatch.Pack(Array.ConvertAll(numbers, number => $"key{number}")).Keys,
                    Values = operation == CacheOperation.Set ? new([.. numbers.Select((_, i) => new[] { value, (byte)i }.AsMemory())]) : null,
                    Expiries = operation is CacheOperation.Set or CacheOperation.Expire ? [.. numbers.Select((_, i) => new CacheExpiry(1_000 + i, false))] : null,
                };

                var reply = await _route.CallAsync(request, CancellationToken.None);
                var expected = await plain.CallAsync(request, CancellationToken.None);

                reply.Outcomes.ShouldBe(expected.Outcomes);
                Enumerable.Range(0, reply.Values?.Count ?? 0).Select(i => reply.Values![i].ToArray()).ShouldBe(Enumerable.Range(0, expected.Values?.Count ?? 0).Select(i => expected.Values![i].ToArray()));
                reply.Ttls.ShouldBe(expected.Ttls);
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public async Task CallAsync_ForPartitionsOrLoads_IsNotCut()
    {
        await LearnAsync();

        await _route.CallAsync(new() { Cache = "cache", Operation = CacheOperation.Load, Keys = KeyBatch.Pack(Keys(100)).Keys, Load = new() }, CancellationToken.None);
        await _route.CallAsync(new() { Cache = "cache", Operation = CacheOperation.Invalidate, Keys = CacheRequest.AllPartitions, Selection = new(CacheSelectionKind.All, "") }, CancellationToken.None);

        _doors.TakeAsked().Select(one => one.Request.Keys.Count).ShouldBe([100, CacheLimits.Partitions]);
    }

    [Fact]
    public async Task CallAsync_ASiloThatNoDoorLeadsTo_IsReachedThroughAnother()
    {
        _doors.SiloOf = number => (int)(number % 2);
        await LearnAsync();

        await GetAsync(Keys(100));

        var asked = _doors.TakeAsked();
        asked.Sum(one => one.Request.Keys.Count).ShouldBe(100);
        asked.Count(one => HasAllOf(one.Silo, one.Request)).ShouldBe(2);
        asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task CallAsync_ASiloThatCame_IsFoundByNumbersThatWereNotUsedBefore()
    {
        _doors.Silos = 2;
        _doors.SiloOf = number => (int)(number % 2);
        await LearnAsync();
        await GetAsync(Keys(100));
        _doors.TakeAsked().Count.ShouldBe(2);

        _doors.Silos = 3;
        _doors.SiloOf = number => number < 16 ? (int)(number % 2) : 2;

        await BecomesAsync(asked => asked.Count == 3 && asked.All(one => HasAllOf(one.Silo, one.Request)));
    }

    [Fact]
    public async Task CallAsync_ASiloThatDied_IsAskedOnceAndTheOthersAnswer()
    {
        await LearnAsync();
        _doors.Dead[1] = true;

        var calling = GetAsync(Keys(100));
        await Eventually.BecomesTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(200));
                return calling.IsCompleted;
            },
            "the call is answered");

        (await calling).Count.ShouldBe(100);
        _doors.Silos = 1;
        await BecomesAsync(asked => asked.All(one => one.Silo != 1));
    }

    [Fact]
    public async Task CallAsync_OneSilo_IsNotCut()
    {
        _doors.Silos = 1;
        _doors.SiloOf = _ => 0;
        await LearnAsync();

        await GetAsync(Keys(100));

        _doors.TakeAsked().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CallAsync_Write_NamesTheSiloThatItIsFor(bool isMapKnown)
    {
        if (isMapKnown)
        {
            await LearnAsync();
        }

        await SetAsync(Keys(100));

        _doors.Refused.ShouldBe(0);
        _doors.TakeAsked().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task CallAsync_WriteThroughDoorsThatLeadElsewhereNow_IsRefusedThereAndRepeated()
    {
        await LearnAsync();
        _doors.SiloOf = number => (int)((number + 1) % 3);

        var writing = SetAsync(Keys(100));
        await Eventually.BecomesTrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(200));
                return writing.IsCompleted;
            },
            "the write is answered");

        await writing;
        _doors.Refused.ShouldBeInRange(1, 3);
        (await GetAsync(Keys(100))).ShouldAllBe(entry => entry.HasValue);
    }

    private static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(i => $"key{i}")];

    private bool HasAllOf(int silo, CacheRequest request) =>
        Enumerable.Range(0, request.Keys.Count).All(i => _doors.OwnerOf(request.Cache, request.Keys[i]) == silo);

    private async Task<IReadOnlyList<CacheEntry<ReadOnlyMemory<byte>>>> GetAsync(string[] keys) =>
        await new CacheClient<ReadOnlyMemory<byte>>("cache", _route, RawCacheSerializer.Instance).GetManyAsync(keys);

    private async Task SetAsync(string[] keys)
    {
        var cache = new CacheClient<ReadOnlyMemory<byte>>("cache", _route, RawCacheSerializer.Instance);
        var written = await cache.SetManyAsync(keys.ToDictionary(key => key, _ => (ReadOnlyMemory<byte>)new byte[] { 1 }));
        written.Failed.ShouldBe(0);
    }

    // The fake doors answer at once, so that the map is there when the call that asks for it is answered.
    private async Task LearnAsync()
    {
        await GetAsync(["any"]);
        _doors.TakeAsked();
    }

    private Task BecomesAsync(Predicate<List<(int Silo, CacheRequest Request)>> expected) => Eventually.BecomesTrueAsync(
        async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(11));
            var calling = GetAsync(Keys(100));
            await Eventually.BecomesTrueAsync(
                () =>
                {
                    _time.Advance(TimeSpan.FromMilliseconds(200));
                    return calling.IsCompleted;
                },
                "the call is answered");
            return expected(_doors.TakeAsked());
        },
        "silos are asked as they are now");
}
