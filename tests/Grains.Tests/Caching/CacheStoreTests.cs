using System.Runtime.CompilerServices;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

public sealed class CacheStoreTests
{
    private const long Ample = 1 << 30;

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void AnyCalls_WithRoomForAll_DoAsADictionaryDoes()
    {
        GenSteps.Sample(steps =>
        {
            var time = new FakeTimeProvider();
            var store = new CacheStore(Ample, time);
            var model = new CacheModel();
            foreach (var step in steps)
            {
                Play(step, store, model, time);
            }
        });
    }

    [Fact]
    public void AnyCalls_WithRoomForFew_GiveTheLastValueOrNone()
    {
        GenSteps.Sample(steps =>
        {
            var time = new FakeTimeProvider();
            var store = new CacheStore(3 * (SlotTable.EntryOverhead + 64), time);
            var model = new CacheModel();
            foreach (var step in steps)
            {
                PlayBounded(step, store, model, time);
                store.Statistics.Bytes.ShouldBeLessThanOrEqualTo(3 * (SlotTable.EntryOverhead + 64));
            }
        });
    }

    [Fact]
    public void RemoveExpired_AtAnyTime_RemovesThoseWhoseTimeIsOver()
    {
        var random = new Random(1);
        var store = new CacheStore(Ample, _time);
        var ends = Enumerable.Range(0, 2_000).Select(_ => (long)Math.Pow(10, 1 + (random.NextDouble() * 9.5))).ToArray();
        for (var i = 0; i < ends.Length; i++)
        {
            store.Restore(Key(i), [], version: 1, new(ends[i], ExpiryKind.Absolute), store.Now);
        }

        for (var now = 0L; now < ends.Max(); now = (now * 2) + 700)
        {
            _time.SetUtcNow(_time.Start.AddMilliseconds(now));
            store.RemoveExpired();

            // Those of the second that is under way may be there still.
            store.Statistics.Entries.ShouldBeInRange(ends.Count(end => end > now), ends.Count(end => end > now - 1_024));
        }
    }

    [Fact]
    public void TryGet_SlidingExpiry_LivesWhileItIsRead()
    {
        var store = new CacheStore(Ample, _time);
        store.Restore("a"u8, [7], version: 1, new(1_000, ExpiryKind.Sliding), store.Now);

        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(900));
            store.Restore("other"u8, [], version: 1, Expiry.Never, store.Now);
            store.TryGet("a"u8, store.Now, out _).ShouldBeTrue();
        }

        _time.Advance(TimeSpan.FromMilliseconds(1_000));
        store.TryGet("a"u8, store.Now, out _).ShouldBeFalse();
    }

    [Fact]
    public void Slot_OfAnEntry_IsAsLargeAsItsOverheadWasMeasuredWith() => Unsafe.SizeOf<CacheSlot>().ShouldBe(72);

    // Those of the second are read while most of the room is free, and never again.
    [Theory]
    [InlineData(190, 180)]
    [InlineData(80, 78)]
    public void Set_ScanOfKeysThatNobodyAsksForAgain_TakesNothingAway(int asked, int least)
    {
        var store = new CacheStore(200 * (SlotTable.EntryOverhead + 16), _time);
        for (var round = 0; round < 20; round++)
        {
            for (var hot = 0; hot < asked; hot++)
            {
                GetOrSet(store, Key(hot));
            }
        }

        for (var cold = 1_000; cold < 2_000; cold++)
        {
            GetOrSet(store, Key(cold));
        }

        Enumerable.Range(0, asked).Count(hot => store.TryGet(Key(hot), store.Now, out _)).ShouldBeGreaterThanOrEqualTo(least);
    }

    [Theory]
    [InlineData(Ample)]
    [InlineData(20 * (SlotTable.EntryOverhead + 16))]
    public void Export_RoomOrNone_HasThoseFirstThatAreAskedForMost(long room)
    {
        var store = new CacheStore(room, _time);
        for (var i = 0; i < 15; i++)
        {
            store.Restore(new byte[] { 0, (byte)i }, [(byte)i], version: 1, Expiry.Never, store.Now);
        }

        byte[] asked = [7, 3, 11];
        for (var i = 0; i < asked.Length; i++)
        {
            for (var time = 0; time < 9 - (2 * i); time++)
            {
                store.TryGet(new byte[] { 0, asked[i] }, store.Now, out _);
            }
        }

        var exported = Enumerable.Range(0, CacheLimits.Partitions).SelectMany(store.Export).OrderByDescending(entry => entry.Uses).ToArray();

        exported.Take(3).Select(entry => entry.Key[1]).ShouldBe(asked);
        exported.Length.ShouldBe(15);
    }

    [Fact]
    public void TryGet_LongestKeyReadOften_StaysThatKey()
    {
        var store = new CacheStore(Ample, _time);
        var key = new byte[StoreKeys.MaxBytes];
        store.Restore(key, [7], version: 1, Expiry.Never, store.Now);

        for (var i = 0; i < 3 * CacheSlot.MaxUses; i++)
        {
            store.TryGet(key, store.Now, out var found).ShouldBeTrue();
            found.Value.ToArray().ShouldBe([7]);
        }

        store.TryExport(key, store.Now, out var exported).ShouldBeTrue();
        (exported.KeyLength, exported.Uses).ShouldBe((key.Length, (byte)CacheSlot.MaxUses));
    }

    [Fact]
    public void Set_LargerThanTheStore_IsNotKeptAndTakesNothingElseAway()
    {
        var store = new CacheStore(1_000, _time);
        store.Restore("small"u8, [1], version: 1, Expiry.Never, store.Now);
        store.Restore("large"u8, [2], version: 1, Expiry.Never, store.Now);

        store.Restore("large"u8, new byte[1_000], version: 2, Expiry.Never, store.Now);

        store.TryGet("large"u8, store.Now, out _).ShouldBeFalse();
        store.TryGet("small"u8, store.Now, out _).ShouldBeTrue();
    }

    [Fact]
    public void Set_WithTagsOrWithout_KeepsThemBesideTheValue()
    {
        var store = new CacheStore(Ample, _time);
        store.Restore("a"u8, [1, 2], version: 1, Expiry.Never, store.Now, PackedTags.From(["eu", "new"]));
        store.TryGet("a"u8, store.Now, out var tagged).ShouldBeTrue();
        store.Restore("a"u8, [3], version: 2, Expiry.Never, store.Now);
        store.TryGet("a"u8, store.Now, out var plain).ShouldBeTrue();

        tagged.Value.ToArray().ShouldBe([1, 2]);
        tagged.Tags.Contains("new"u8).ShouldBeTrue();
        plain.Value.ToArray().ShouldBe([3]);
        plain.Tags.Contains("new"u8).ShouldBeFalse();
    }

    [Fact]
    public void TryRemove_EntryThatWasWrittenSince_LeavesIt()
    {
        var store = new CacheStore(Ample, _time);
        store.Restore("a"u8, [1], version: 1, Expiry.Never, store.Now);
        store.Restore("a"u8, [2], version: 2, Expiry.Never, store.Now);

        store.TryRemove("a"u8, version: 1, store.Now).ShouldBeFalse();
        store.TryGet("a"u8, store.Now, out _).ShouldBeTrue();
        store.TryRemove("a"u8, version: 2, store.Now).ShouldBeTrue();
        store.TryGet("a"u8, store.Now, out _).ShouldBeFalse();
    }

    [Fact]
    public void Statistics_AfterReadsAndWrites_CountThem()
    {
        var store = new CacheStore(Ample, _time);
        store.Restore("a"u8, [1, 2], version: 1, new(10, ExpiryKind.Absolute), store.Now);
        store.Restore("b"u8, [3], version: 1, Expiry.Never, store.Now);
        store.TryGet("a"u8, store.Now, out _);
        store.TryGet("c"u8, store.Now, out _);
        _time.Advance(TimeSpan.FromMilliseconds(10));
        store.TryGet("a"u8, store.Now, out _);

        store.Statistics.ShouldBe(new(Entries: 1, Bytes: 2 + SlotTable.EntryOverhead, Hits: 1, Misses: 2, Evicted: 0, Expired: 1));
    }

    [Fact]
    public void AnyCalls_FromManyThreads_NeverGiveTheValueOfAnotherKey()
    {
        var store = new CacheStore(400 * (SlotTable.EntryOverhead + 16), TimeProvider.System);

        Parallel.For(0, 8, thread =>
        {
            var random = new Random(thread);
            for (var i = 0; i < 20_000; i++)
            {
                var key = Key(random.Next(1_000));
                switch (random.Next(4))
                {
                    case 0:
                        store.Restore(key, key, version: 1, new(1 + random.Next(20), (ExpiryKind)random.Next(2)), store.Now);
                        break;
                    case 1:
                        store.TryRemove(key, store.Now);
                        break;
                    default:
                        if (store.TryGet(key, store.Now, out var found))
                        {
                            found.Value.Span.SequenceEqual(key).ShouldBeTrue();
                        }

                        break;
                }
            }
        });

        var left = store.Statistics;
        left.Bytes.ShouldBeLessThanOrEqualTo(400 * (SlotTable.EntryOverhead + 16));
        left.Entries.ShouldBeGreaterThan(0);
    }

    private static Gen<CacheStep[]> GenSteps { get; } = Gen.Select(
        Gen.Enum<CacheAct>(), Gen.Int[0, 6], Gen.Int[0, 40], Gen.OneOf(Gen.Const(CacheTime.Never), Gen.Long[1, 3_000], Gen.Long[1, 10_000_000]), Gen.Enum<ExpiryKind>(), Gen.Int[0, 3])
        .Select((act, key, size, milliseconds, kind, staleSeconds) =>
            new CacheStep(act, key, size, milliseconds == CacheTime.Never ? Expiry.Never : new(milliseconds, kind, staleSeconds))).Array[0, 200];

    private static void Play(CacheStep step, CacheStore store, CacheModel model, FakeTimeProvider time)
    {
        var key = Key(step.Key);
        switch (step.Act)
        {
            case CacheAct.Get:
                ShouldGive(store.TryGet(key, store.Now, out var got), got, model.Get(step.Key));
                break;
            case CacheAct.Peek:
                ShouldGive(store.TryPeek(key, store.Now, out var peeked), peeked, model.Peek(step.Key));
                break;
            case CacheAct.PeekKept:
                var kept = model.PeekKept(step.Key);
                ShouldGive(store.TryPeekKept(key, store.Now, out var keptFound), keptFound, kept?.Value);
                keptFound.IsStale.ShouldBe(kept?.IsStale == true);
                break;
            case CacheAct.Set:
                store.Restore(key, model.Set(step.Key, step.Size, step.Expiry), version: 1, step.Expiry, store.Now);
                break;
            case CacheAct.Remove:
                store.TryRemove(key, store.Now).ShouldBe(model.Remove(step.Key));
                break;
            case CacheAct.Expire:
                store.TryExpire(key, step.Expiry, store.Now).ShouldBe(model.Expire(step.Key, step.Expiry));
                break;
            default:
                Advance(step, model, time);
                break;
        }
    }

    private static void PlayBounded(CacheStep step, CacheStore store, CacheModel model, FakeTimeProvider time)
    {
        var key = Key(step.Key);
        switch (step.Act)
        {
            case CacheAct.Set:
                store.Restore(key, model.Set(step.Key, step.Size, step.Expiry), version: 1, step.Expiry, store.Now);
                break;
            case CacheAct.Remove:
                store.TryRemove(key, store.Now);
                model.Remove(step.Key);
                break;
            case CacheAct.Advance:
                Advance(step, model, time);
                break;
            default:
                var expected = model.Get(step.Key);
                if (store.TryGet(key, store.Now, out var found))
                {
                    ShouldGive(true, found, expected);
                }

                break;
        }
    }

    private static void Advance(CacheStep step, CacheModel model, FakeTimeProvider time)
    {
        var milliseconds = Math.Min(step.Expiry.Milliseconds, 1_500);
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        model.Advance(milliseconds);
    }

    private static void ShouldGive(bool isFound, CachedValue found, byte[]? expected)
    {
        isFound.ShouldBe(expected is not null);
        if (expected is not null)
        {
            found.Value.ToArray().ShouldBe(expected);
        }
    }

    private static void GetOrSet(CacheStore store, byte[] key)
    {
        if (!store.TryGet(key, store.Now, out _))
        {
            store.Restore(key, key, version: 1, Expiry.Never, store.Now);
        }
    }

    private static byte[] Key(int number) => Encoding.UTF8.GetBytes($"key-{number}");
}
