using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

public sealed class DistributedCacheTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DictionaryCacheRoute _route;
    private readonly DistributedCache _cache;

    public DistributedCacheTests()
    {
        _route = new(_time);
        _cache = Create();
    }

    // Seconds: absolute and sliding expiry, when the entry is read, and when its life is over.
    [Theory]
    [InlineData(null, null, new int[0], null)]
    [InlineData(10, null, new int[0], 10)]
    [InlineData(10, null, new[] { 5, 9 }, 10)]
    [InlineData(null, 10, new int[0], 10)]
    [InlineData(null, 10, new[] { 9, 18, 27 }, 37)]
    [InlineData(20, 10, new int[0], 10)]
    [InlineData(20, 10, new[] { 9, 18 }, 20)]
    [InlineData(10, 20, new[] { 9 }, 10)]
    public async Task SetAsync_AnyExpiry_EndsWhenItShould(int? absolute, int? sliding, int[] reads, int? end)
    {
        var start = _time.GetUtcNow();
        var options = new DistributedCacheEntryOptions
        {
            AbsoluteExpirationRelativeToNow = absolute is { } most ? TimeSpan.FromSeconds(most) : null,
            SlidingExpiration = sliding is { } pause ? TimeSpan.FromSeconds(pause) : null,
        };
        await _cache.SetAsync("early", [1], options);
        await _cache.SetAsync("late", [1], options);
        foreach (var read in reads)
        {
            _time.SetUtcNow(start.AddSeconds(read));
            (await _cache.GetAsync("early")).ShouldBe([1]);
            (await _cache.GetAsync("late")).ShouldBe([1]);
        }

        _time.SetUtcNow(start.AddSeconds(end ?? 1_000_000).AddMilliseconds(-1));
        (await _cache.GetAsync("early")).ShouldBe([1]);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await _cache.GetAsync("late")).ShouldBe(end is null ? [1] : null);
    }

    [Fact]
    public async Task GetAsync_WhatWasSet_IsTheSameBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();

        await _cache.SetAsync("a", [1, 2, 3], new());
        await _cache.SetAsync("pieces", Pieces([1], [], [2, 3]), new() { AbsoluteExpiration = _time.GetUtcNow().AddHours(2), SlidingExpiration = TimeSpan.FromHours(1) });
        await _cache.SetAsync("empty", [], new());

        (await _cache.GetAsync("a")).ShouldBe([1, 2, 3]);
        (await _cache.GetAsync("pieces")).ShouldBe([1, 2, 3]);
        (await _cache.GetAsync("empty")).ShouldBe([]);
        (await _cache.GetAsync("none")).ShouldBeNull();
        (await _cache.TryGetAsync("pieces", buffer)).ShouldBeTrue();
        buffer.WrittenSpan.ToArray().ShouldBe([1, 2, 3]);
        (await _cache.TryGetAsync("none", buffer)).ShouldBeFalse();
        await _cache.RemoveAsync("a");
        (await _cache.GetAsync("a")).ShouldBeNull();
    }

    [Fact]
    public async Task BlockingCalls_OneEntry_DoTheSame()
    {
        var buffer = new ArrayBufferWriter<byte>();

        _cache.Set("a", [1], new() { SlidingExpiration = TimeSpan.FromSeconds(10) });
        _time.Advance(TimeSpan.FromSeconds(9));
        _cache.Refresh("a");
        _time.Advance(TimeSpan.FromSeconds(9));
        _cache.Get("a").ShouldBe([1]);
        _cache.TryGet("a", buffer).ShouldBeTrue();
        _cache.Set("a", Pieces([2], [3]), new());
        (await _cache.GetAsync("a")).ShouldBe([2, 3]);
        _cache.Remove("a");
        _cache.Get("a").ShouldBeNull();
    }

    [Fact]
    public async Task SetAsync_MomentIsOver_IsRefused()
    {
        var options = new DistributedCacheEntryOptions { AbsoluteExpiration = _time.GetUtcNow() };

        (await Should.ThrowAsync<ArgumentOutOfRangeException>(_cache.SetAsync("a", [1], options))).Message.ShouldContain("in the future");
    }

    [Fact]
    public async Task GetAsync_EntryOfSomebodyElse_SaysWhatToDo()
    {
        await new CacheClient<ReadOnlyMemory<byte>>("cache", _route, RawCacheSerializer.Instance).SetAsync("a", new byte[] { 7 });

        (await Should.ThrowAsync<InvalidDataException>(_cache.GetAsync("a"))).Message.ShouldContain("nothing else uses");
    }

    [Fact]
    public async Task HybridCache_TwoProcesses_LoadOnceAndSeeRemovals()
    {
        await using var one = Process();
        await using var other = Process();
        var loads = 0;

        var first = await LoadAsync(one);
        var second = await LoadAsync(other);
        await one.GetRequiredService<HybridCache>().RemoveAsync("user");
        await using var third = Process();
        await LoadAsync(third);

        first.ShouldBe(new User("Ada", 1));
        second.ShouldBe(new User("Ada", 1));
        loads.ShouldBe(2);

        ValueTask<User> LoadAsync(IServiceProvider process) => process.GetRequiredService<HybridCache>().GetOrCreateAsync(
            "user", _ => ValueTask.FromResult(new User("Ada", Interlocked.Increment(ref loads))));
    }

    private static ReadOnlySequence<byte> Pieces(params byte[][] pieces)
    {
        var first = new Piece(pieces[0], null);
        var last = pieces.Skip(1).Aggregate(first, (before, bytes) => new(bytes, before));
        return new(first, 0, last, last.Memory.Length);
    }

    private DistributedCache Create() => new(new("cache", _route, RawCacheSerializer.Instance), _time);

    private ServiceProvider Process()
    {
        var services = new ServiceCollection().AddSingleton<IDistributedCache>(Create());
        services.AddHybridCache();
        return services.BuildServiceProvider();
    }

    private sealed record User(string Name, int Load);

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, Piece? before)
        {
            Memory = bytes;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
