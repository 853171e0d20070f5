using System.Text;
using Armature.Storage;
using Armature.Testing;
using Armature.Testing.Redis;
using StackExchange.Redis;

namespace Armature.Caching;

public sealed class RedisCacheTierTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private const string Option = "Armature:Caching:Redis:ConnectionString";

    private readonly RedisCacheTier _tier = Tier(redis.Redis, $"test-{Guid.NewGuid():N}");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAsync_NothingKnown_BeginsEmptyAtTheClockOfRedis()
    {
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        var opened = await OpenAsync("a");

        opened.Epoch.ShouldBeInRange(before - 1_000, before + 60_000);
        opened.VoidBefore.ShouldBe(opened.Epoch);
        opened.LastOwner.ShouldBeNull();
        opened.Barriers.ShouldBeEmpty();
        opened.Run.Length.ShouldBe(40);
    }

    [Fact]
    public async Task OpenAsync_Again_DrawsAHigherEpochAndNamesTheOwnerAndItsWitnesses()
    {
        var first = await OpenAsync("a");
        await _tier.RecordWitnessesAsync("a", ["b", "c"], Cancel);

        var second = await OpenAsync("b");

        second.Epoch.ShouldBeGreaterThan(first.Epoch);
        second.VoidBefore.ShouldBe(first.Epoch);
        (second.LastOwner, second.LastEpoch).ShouldBe(("a", first.Epoch));
        second.Witnesses.ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task OpenAsync_OfOneThatWasNeverAdopted_NamesTheOwnerBefore()
    {
        var first = await OpenAsync("a");
        await OpenAsync("b");

        var third = await OpenAsync("c");

        (third.LastOwner, third.LastEpoch).ShouldBe(("a", first.Epoch));
    }

    [Fact]
    public async Task OpenAsync_AfterAdoption_NamesTheOneThatAdopted()
    {
        await OpenAsync("a");
        var second = await OpenAsync("b");
        (await _tier.AdoptAsync(1, "b", second.Epoch, isVoid: false, Cancel)).ShouldBeTrue();

        var third = await OpenAsync("c");

        (third.LastOwner, third.LastEpoch).ShouldBe(("b", second.Epoch));
    }

    [Theory]
    [InlineData("")]
    [InlineData("b")]
    public async Task OpenAsync_AfterRelease_NamesTheSuccessor(string successor)
    {
        var first = await OpenAsync("a");
        await _tier.ReleaseAsync(1, first.Epoch, successor, Cancel);

        var second = await OpenAsync("b");

        (second.LastOwner, second.LastEpoch).ShouldBe((successor, first.Epoch));
        second.VoidBefore.ShouldBe(first.Epoch);
    }

    [Fact]
    public async Task ReleaseAsync_OfAnOlderEpoch_DoesNothing()
    {
        var first = await OpenAsync("a");
        await OpenAsync("b");

        await _tier.ReleaseAsync(1, first.Epoch, "", Cancel);

        (await OpenAsync("c")).LastOwner.ShouldBe("a");
    }

    [Fact]
    public async Task OpenAsync_OtherThanExpected_IsRefusedAndChangesNothing()
    {
        var first = await OpenAsync("a");
        var second = await OpenAsync("b");

        (await _tier.OpenAsync(1, "a", first.Epoch, Cancel)).ShouldBeNull();

        (await _tier.WriteAsync([Set("k", "1", second.Epoch)], Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task OpenAsync_ByTheOwnerAsExpected_NamesNobody()
    {
        var first = await OpenAsync("a");

        var second = await _tier.OpenAsync(1, "a", first.Epoch, Cancel);

        second!.LastOwner.ShouldBeNull();
        (await OpenAsync("b")).LastEpoch.ShouldBe(first.Epoch);
    }

    [Fact]
    public async Task WriteAsync_OlderEpoch_IsRefusedAndNamesThePartition()
    {
        var old = await OpenAsync("a");
        var other = await _tier.OpenAsync(2, "a", null, Cancel);
        var last = await OpenAsync("b");
        await _tier.WriteAsync([Set("k", "new", last.Epoch)], Cancel);

        var refused = await _tier.WriteAsync(
            [Set("k", "old", old.Epoch), new(TierWriteKind.Remove, 1, old.Epoch, Bytes("k")), new(TierWriteKind.Set, 2, other!.Epoch, Bytes("of-2"), Bytes("x"))], Cancel);

        refused.ShouldBe([1]);
        (await ReadAsync("k", "of-2")).ShouldBe(["new", "x"]);
    }

    [Fact]
    public async Task ReadAsync_WhatWasWritten_IsThereWithItsTimeToLive()
    {
        var epoch = (await OpenAsync("a")).Epoch;
        await _tier.WriteAsync(
        [
            Set("forever", "1", epoch), Set("minute", "2", epoch, 60_000), Set("centuries", "3", epoch, long.MaxValue - 1), Set("removed", "4", epoch),
            new(TierWriteKind.Remove, 1, epoch, Bytes("removed")), Set("renewed", "", epoch, 1_000), new(TierWriteKind.Renew, 1, epoch, Bytes("renewed"), Number: 90_000),
        ],
        Cancel);

        var page = await _tier.ReadAsync([.. new[] { "forever", "minute", "centuries", "removed", "missing", "renewed" }.Select(key => (ReadOnlyMemory<byte>)Bytes(key))], Cancel);

        page.Values.Select(value => value.Bytes is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null).ShouldBe(["1", "2", "3", null, null, ""]);
        page.Values[0].Milliseconds.ShouldBe(long.MaxValue);
        page.Values[1].Milliseconds.ShouldBeInRange(1, 60_000);
        page.Values[2].Milliseconds.ShouldBe(long.MaxValue);
        page.Values[5].Milliseconds.ShouldBeInRange(60_001, 90_000);
    }

    [Fact]
    public async Task ReadAsync_MoreThanAReplyHolds_ReadsTheFirstOnes()
    {
        var epoch = (await OpenAsync("a")).Epoch;
        ReadOnlyMemory<byte>[] keys = [.. Enumerable.Range(0, 10).Select(i => (ReadOnlyMemory<byte>)Bytes($"large-{i}"))];
        foreach (var key in keys)
        {
            await _tier.WriteAsync([new(TierWriteKind.Set, 1, epoch, key, new byte[1 << 20])], Cancel);
        }

        (await _tier.ReadAsync(keys, Cancel)).Values.Count.ShouldBe(4);
        (await _tier.ReadAsync(keys[8..], Cancel)).Values.Count.ShouldBe(2);
    }

    [Fact]
    public async Task OpenAsync_WithBarriers_GivesThoseThatStand()
    {
        var epoch = (await OpenAsync("a")).Epoch;
        var version = TierVersions.FirstOf(epoch);
        await _tier.WriteAsync([Barrier("one", epoch, version + 1), Barrier("two", epoch, version + 2), Barrier("three", epoch, version + 3)], Cancel);
        await _tier.WriteAsync([Barrier("one", epoch, version + 4), new(TierWriteKind.RemoveBarrier, 1, epoch, Bytes("two"))], Cancel);

        var barriers = (await OpenAsync("b")).Barriers;

        barriers.Select(barrier => (Encoding.UTF8.GetString(barrier.Name.Span), barrier.Version)).Order()
            .ShouldBe([("one", version + 4), ("three", version + 3)]);
    }

    [Fact]
    public async Task AdoptAsync_Void_ForgetsTheBarriersOfOlderEpochsAndNoOthers()
    {
        var first = (await OpenAsync("a")).Epoch;
        await _tier.WriteAsync([Barrier("old", first, TierVersions.FirstOf(first) + 1)], Cancel);
        var second = (await OpenAsync("b")).Epoch;
        await _tier.WriteAsync([Barrier("new", second, TierVersions.FirstOf(second) + 1)], Cancel);

        await _tier.AdoptAsync(1, "b", second, isVoid: true, Cancel);

        var third = await OpenAsync("c");
        third.VoidBefore.ShouldBe(second);
        third.Barriers.Select(barrier => Encoding.UTF8.GetString(barrier.Name.Span)).ShouldBe(["new"]);
    }

    [Fact]
    public async Task AdoptAsync_OlderEpoch_IsRefused()
    {
        var first = await OpenAsync("a");
        await OpenAsync("b");

        (await _tier.AdoptAsync(1, "a", first.Epoch, isVoid: true, Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task EveryMethod_OtherCluster_SeesNothingOfIt()
    {
        var epoch = (await OpenAsync("a")).Epoch;
        await _tier.WriteAsync([Set("k", "1", epoch)], Cancel);
        var other = Tier(redis.Redis, $"test-{Guid.NewGuid():N}");

        (await other.OpenAsync(1, "b", null, Cancel))!.LastOwner.ShouldBeNull();
        (await other.ReadAsync([Bytes("k")], Cancel)).Values[0].Bytes.ShouldBeNull();
    }

    [Fact]
    public async Task EveryMethod_RedisStartedAgain_TrustsNothingFromBefore()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.AppendOnlyFile, Cancel);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",abortConnect=false");
        var tier = Tier(connection);
        var before = (await tier.OpenAsync(1, "a", null, Cancel))!;
        await tier.WriteAsync([Set("k", "1", before.Epoch)], Cancel);
        await server.RestartAsync(Cancel);
        await Testing.Eventually.BecomesTrueAsync(() => AnswersAsync(tier), "Redis answers again");

        var page = await tier.ReadAsync([Bytes("k")], Cancel);
        var refused = await tier.WriteAsync([Set("k", "2", before.Epoch)], Cancel);
        var after = (await tier.OpenAsync(1, "a", before.Epoch, Cancel))!;

        page.Run.ShouldNotBe(before.Run);
        refused.ShouldBe([1]);
        (after.Run, after.VoidBefore).ShouldBe((page.Run, after.Epoch));
    }

    [Fact]
    public async Task EveryMethod_RedisAway_SaysWhere()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.None, Cancel);
        var options = ConfigurationOptions.Parse(server.ConnectionString);
        options.BacklogPolicy = BacklogPolicy.FailFast;
        await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
        var tier = Tier(connection);
        await server.KillAsync(Cancel);

        Func<Task>[] calls =
        [
            () => tier.OpenAsync(1, "a", null, Cancel), () => tier.AdoptAsync(1, "a", 1, isVoid: false, Cancel), () => tier.ReleaseAsync(1, 1, "", Cancel),
            () => tier.RecordWitnessesAsync("a", [], Cancel), () => tier.ReadAsync([Bytes("k")], Cancel), () => tier.WriteAsync([Set("k", "1", 1)], Cancel),
            () => tier.PingAsync(Cancel),
        ];
        foreach (var call in calls)
        {
            (await Should.ThrowAsync<CacheTierException>(call)).Message.ShouldContain($"127.0.0.1:{server.Port}");
        }
    }

    [Fact]
    public async Task WriteAsync_Checks_TellWhoseEpochIsNotTheLastOrWhoseStateIsLost()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.None, Cancel);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",allowAdmin=true");
        var tier = Tier(connection);
        var one = (await tier.OpenAsync(1, "a", null, Cancel))!.Epoch;
        var two = (await tier.OpenAsync(2, "a", null, Cancel))!.Epoch;
        TierWrite[] checks = [new(TierWriteKind.Check, 1, one, default), new(TierWriteKind.Check, 2, two, default)];

        (await tier.WriteAsync(checks, Cancel)).ShouldBeEmpty();
        await tier.OpenAsync(2, "b", null, Cancel);
        (await tier.WriteAsync(checks, Cancel)).ShouldBe([2]);
        await connection.GetServers()[0].FlushAllDatabasesAsync();
        (await tier.WriteAsync(checks, Cancel)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task EveryMethodThatWrites_RedisFull_SaysSo()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.None, Cancel);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",allowAdmin=true");
        var tier = Tier(connection);
        var epoch = (await tier.OpenAsync(1, "a", null, Cancel))!.Epoch;
        await connection.GetServers()[0].ConfigSetAsync("maxmemory", "1");

        Func<Task>[] calls = [() => tier.PingAsync(Cancel), () => tier.WriteAsync([Set("k", "1", epoch)], Cancel), () => tier.OpenAsync(1, "b", null, Cancel)];
        foreach (var call in calls)
        {
            var failure = await Should.ThrowAsync<CacheTierException>(call);
            failure.Fault.ShouldBe(CacheTierFault.Full);
            failure.Message.ShouldContain("no memory left");
        }

        (await tier.ReadAsync([Bytes("k")], Cancel)).Values.Count.ShouldBe(1);
        (await tier.FindProblemAsync(Cancel)).ShouldBeNull();
    }

    [Theory]
    [InlineData("127.0.0.1:{port},password=wrong", CacheTierFault.Refused, "it refused the user or the password.")]
    [InlineData("127.0.0.1:{port},user=nobody,password=secret", CacheTierFault.Refused, "it refused the user or the password.")]
    [InlineData("127.0.0.1:{port}", CacheTierFault.Refused, "it asks for a password, and was given none.")]
    [InlineData("127.0.0.1:{port},password=secret,ssl=true", CacheTierFault.Unreachable, "it cannot be reached over TLS (ssl=true)")]
    [InlineData("127.0.0.1:{free}", CacheTierFault.Unreachable, "it cannot be reached: nothing listens on 127.0.0.1:{free}.")]
    [InlineData("nowhere.invalid:6379", CacheTierFault.Unreachable, "it cannot be reached: no address is known for the host of nowhere.invalid:6379.")]
    [InlineData("127.0.0.1:{port},password=secret", null, null)]
    public async Task FindProblemAsync_WrongConnection_SaysWhatIsWrongAndWhereToLook(string connectionString, CacheTierFault? fault, string? reason)
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.None, Cancel);
        await server.SetPasswordAsync("secret");
        var free = FreePort.Next();
        string Fill(string text) => text.Replace("{port}", $"{server.Port}", StringComparison.Ordinal).Replace("{free}", $"{free}", StringComparison.Ordinal);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Fill(connectionString) + ",abortConnect=false,connectTimeout=500");

        var problem = await Tier(connection).FindProblemAsync(Cancel);

        (problem?.Fault).ShouldBe(fault);
        if (reason is not null)
        {
            problem!.Message.ShouldContain(Fill(reason));
            problem.Message.ShouldEndWith($"Look at {Option}.");
            problem.Message.ShouldNotContain("password=");
        }
    }

    [Fact]
    public async Task FindProblemAsync_RedisFrozen_SaysThatItHangs()
    {
        await using var server = await RedisServer.StartAsync(RedisPersistence.None, Cancel);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",connectTimeout=500");
        server.Pause();

        var problem = await Tier(connection).FindProblemAsync(Cancel);

        problem!.Fault.ShouldBe(CacheTierFault.NoAnswer);
        problem.Message.ShouldContain("it takes a connection and does not answer: it hangs");
    }

    private static RedisCacheTier Tier(IConnectionMultiplexer connection, string cluster = "cluster") => new(connection, cluster, Option, TimeProvider.System);

    private static async Task<bool> AnswersAsync(RedisCacheTier tier)
    {
        try
        {
            await tier.PingAsync(Cancel);
            return true;
        }
        catch (CacheTierException)
        {
            return false;
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static TierWrite Set(string key, string value, long epoch, long milliseconds = long.MaxValue) =>
        new(TierWriteKind.Set, 1, epoch, Bytes(key), Bytes(value), milliseconds);

    private static TierWrite Barrier(string name, long epoch, long version) => new(TierWriteKind.AddBarrier, 1, epoch, Bytes(name), Number: version);

    private async Task<TierOpening> OpenAsync(string owner) => (await _tier.OpenAsync(1, owner, null, Cancel))!;

    private async Task<string?[]> ReadAsync(params string[] keys)
    {
        var page = await _tier.ReadAsync([.. keys.Select(key => (ReadOnlyMemory<byte>)Bytes(key))], Cancel);
        return [.. page.Values.Select(value => value.Bytes is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null)];
    }
}
