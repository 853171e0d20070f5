using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

public sealed class CacheTalliesTests
{
    private const int Caches = 4;

    [Fact]
    public void TallyOf_AnySteps_IsWhatTheStoreHoldsOfEachCache() =>
        Gen.Select(Gen.Int[0, Caches - 1], Gen.Int[0, 30], Gen.Int[0, 5], Gen.Int[0, 900]).Array[1, 300].Sample(steps =>
        {
            var time = new FakeTimeProvider();
            var store = new CacheStore(8_000, time);
            foreach (var (cache, number, act, size) in steps)
            {
                var key = Key(cache, number);
                long versions = 0;
                switch (act)
                {
                    case 0:
                        store.TryRemove(key, store.Now);
                        break;
                    case 1:
                        time.Advance(TimeSpan.FromMilliseconds(size));
                        store.RemoveExpired();
                        break;
                    case 2:
                        store.Drop(new StoreKey(key).Partition);
                        break;
                    case 3 when store.TryExport(key, store.Now, out var exported):
                        store.TryRemove(key, store.Now);
                        store.Restore(cache, key, exported, store.Now);
                        break;
                    default:
                        store.Set(cache, key, new byte[size * 4], default, ref versions, size % 2 == 0 ? Expiry.Never : new(size, ExpiryKind.Absolute), store.Now);
                        break;
                }
            }

            var sum = Enumerable.Range(0, Caches).Select(store.TallyOf).Aggregate((one, other) => one + other);
            sum.ShouldBe(new(store.Statistics.Entries, store.Statistics.Bytes, store.Statistics.Evicted));
            time.Advance(TimeSpan.FromHours(1));
            store.RemoveExpired();
            var held = Held(store);
            for (var cache = 0; cache < Caches; cache++)
            {
                (store.TallyOf(cache).Entries, store.TallyOf(cache).Bytes).ShouldBe((held[cache].Entries, held[cache].Bytes));
            }
        });

    [Fact]
    public void Evict_OneCacheFillsTheStore_IsCountedForWhoseEntriesWent()
    {
        var store = new CacheStore(4_000, new FakeTimeProvider());
        long versions = 0;
        store.Set(1, Key(1, 0), new byte[500], default, ref versions, Expiry.Never, store.Now);
        for (var i = 0; i < 100; i++)
        {
            store.Set(2, Key(2, i), new byte[500], default, ref versions, Expiry.Never, store.Now);
        }

        (store.TallyOf(1).Evicted + store.TallyOf(2).Evicted).ShouldBe(store.Statistics.Evicted);
        store.TallyOf(2).Evicted.ShouldBeGreaterThan(90);
        store.TallyOf(3).ShouldBe(default);
    }

    private static (long Entries, long Bytes)[] Held(CacheStore store)
    {
        var held = new (long Entries, long Bytes)[Caches];
        store.Visit((StoreKey key, in CachedValue entry) =>
        {
            ref var cache = ref held[key.Bytes[0] - (byte)'a'];
            cache.Entries++;
            cache.Bytes += key.Bytes.Length + entry.Value.Length + SlotTable.EntryOverhead;
            return false;
        });
        return held;
    }

    private static byte[] Key(int cache, int number) => Encoding.UTF8.GetBytes($"{(char)('a' + cache)}\0{number}");
}
