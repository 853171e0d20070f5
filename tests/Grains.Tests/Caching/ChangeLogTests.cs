using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

public sealed class ChangeLogTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SiloAddress _silo = SiloAddress.New(IPAddress.Loopback, 1, 1);
    private readonly ChangeLog _log;

    public ChangeLogTests() => _log = new(_time);

    [Fact]
    public void Read_First_AnythingMayHaveChanged()
    {
        _log.Add(1);

        var first = Read(null);

        first.IsComplete.ShouldBeFalse();
        first.Slots.ShouldBeEmpty();
        first.Partitions.ShouldBe([7]);
    }

    [Fact]
    public void Read_Again_HasWhatWasChangedSince()
    {
        var position = Read(null).Position;
        _log.Add(0xAB0001);
        _log.Add(0xCD0002);

        var second = Read(position);
        second.IsComplete.ShouldBeTrue();
        second.Slots.ShouldBe([1, 2]);

        _log.Add(3);
        Read(second.Position).Slots.ShouldBe([3]);
        Read(position).Slots.ShouldBe([1, 2, 3]);
        Read(Read(position).Position).Slots.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ChangeLog.Capacity, true)]
    [InlineData(ChangeLog.Capacity + 1, false)]
    public void Read_AsMuchChangedAsIsRememberedOrMore_SaysWhetherItHasAll(int changes, bool isComplete)
    {
        var position = Read(null).Position;
        for (var i = 0; i < changes; i++)
        {
            _log.Add((ulong)i);
        }

        var read = Read(position);

        read.IsComplete.ShouldBe(isComplete);
        read.Slots.ShouldBe(isComplete ? Enumerable.Range(0, changes).Select(i => (ushort)i) : []);
    }

    [Fact]
    public void AddAll_ReadAfterIt_AnythingMayHaveChanged()
    {
        var position = Read(null).Position;
        _log.AddAll();

        var read = Read(position);

        read.IsComplete.ShouldBeFalse();
        _log.Add(5);
        Read(read.Position).Slots.ShouldBe([5]);
    }

    [Fact]
    public void Read_AfterNobodyAskedForLong_AnythingMayHaveChanged()
    {
        var position = Read(null).Position;
        _time.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < ChangeLog.Capacity; i++)
        {
            _log.Add((ulong)i);
        }

        _log.Add(1);
        Read(position).IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void Read_PositionOfALogBefore_AnythingMayHaveChanged()
    {
        var position = Read(null).Position;
        _time.Advance(TimeSpan.FromSeconds(1));
        var later = new ChangeLog(_time);
        later.Read(null, _silo, []);

        later.Read(position, _silo, []).IsComplete.ShouldBeFalse();
        Read(position + 1).IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void CacheStore_EveryChange_IsTold()
    {
        var store = new CacheStore(1 << 20, _time, _log);
        var position = Read(null).Position;
        var versions = 0L;
        StoreKey key = "k"u8.ToArray();

        store.Set(cache: 0, key, "v"u8, default, ref versions, Expiry.Never, store.Now);
        store.TryGet(key, store.Now, out _);
        store.TryExpire(key, new(1_000, ExpiryKind.Absolute), store.Now);
        store.TryRemove(key, store.Now);
        store.TryRemove(key, store.Now);

        Read(position).Slots.ShouldBe(Enumerable.Repeat(CacheHash.SlotOf(key.Hash), 3));
    }

    private CacheChanges Read(long? since) => _log.Read(since, _silo, [7]);
}
