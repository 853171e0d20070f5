using System.Collections.Concurrent;
using System.Text;
using Armature.Testing;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Caching;

public sealed class CacheDoorCallTests
{
    private readonly DictionaryCacheRoute _route = new(new FakeTimeProvider());

    [Fact]
    public async Task RunAsync_AnySizesAndAnswersThatAreCut_GivesWhatTheRouteGives()
    {
        await Gen.Select(Gen.Int[0, 40], Gen.Int[1, 3 << 20], Gen.UInt).SampleAsync(
            async (large, largest, seed) =>
            {
                var random = new Random((int)seed);
                var route = new DictionaryCacheRoute(TimeProvider.System);
                var keys = Enumerable.Range(0, 3_000).Select(i => $"key{i}").ToArray();
                var values = keys.Select((_, i) => new byte[i % (3_000 / (large + 1)) == 0 ? random.Next(largest) : random.Next(20)]).ToArray();
                Array.ForEach(values, random.NextBytes);
                var door = new Door(route);

                await door.RunAsync(Set(keys, values));
                random.Shuffle(keys.AsSpan(0, 100));
                var reply = await door.RunAsync(Get(keys));

                reply.Outcomes.ShouldAllBe(outcome => outcome == CacheOutcome.Done);
                for (var i = 0; i < keys.Length; i++)
                {
                    reply.Values![i].Span.SequenceEqual(values[int.Parse(keys[i].AsSpan(3), System.Globalization.CultureInfo.InvariantCulture)]).ShouldBeTrue();
                }

                door.Largest.ShouldBeLessThanOrEqualTo(CacheLimits.MaxPageBytes);
            },
            iter: 10);
    }

    [Fact]
    public async Task RunAsync_TimesToLiveAreWantedWithManyValues_GivesThemToo()
    {
        var keys = Enumerable.Range(0, 6_000).Select(i => $"key{i}").ToArray();
        await new Door(_route).RunAsync(Set(keys, [.. keys.Select(_ => new byte[1])]));

        var reply = await new Door(_route).RunAsync(new() { Cache = "cache", Operation = CacheOperation.Get, Keys = Get(keys).Keys, IncludesTtls = true });

        reply.Ttls.ShouldBe(Enumerable.Repeat(long.MaxValue, keys.Length));
    }

    [Fact]
    public async Task RunAsync_FitsAPage_PassesTheRequestOnAsItIs()
    {
        var request = Get(["a", "b"]);

        await new Door(_route).RunAsync(request);

        _route.Requests.ShouldHaveSingleItem().ShouldBeSameAs(request);
    }

    [Fact]
    public async Task RunAsync_ManyKeys_HasAFewPagesUnderWayTogether()
    {
        var gate = new Gate();
        var running = new CacheDoorCall(Get(Keys(100_000)), async (page, token) =>
        {
            await gate.PassAsync(token);
            return await _route.CallAsync(page, token);
        }).RunAsync(CancellationToken.None);

        await gate.WaitForEnteredAsync(4);
        gate.Inside.ShouldBe(4);
        gate.Open();

        (await running).Outcomes.Length.ShouldBe(100_000);
    }

    [Fact]
    public void Lanes_KeyIsWrittenTwice_IsOne()
    {
        string[] twice = ["same", .. Keys(9_998), "same"];
        var values = Enumerable.Repeat(Array.Empty<byte>(), 10_000).ToArray();

        LanesOf(Set(twice, values)).ShouldBe(1);
        LanesOf(Get(twice)).ShouldBe(4);
        LanesOf(Set(Keys(10_000), values)).ShouldBe(4);
    }

    [Fact]
    public async Task RunAsync_ValueThatNoCacheTakes_FailsInItsPlaceAlone()
    {
        var door = new Door(_route);

        var reply = await door.RunAsync(Set(["a", "large", "b"], [[1], new byte[CacheLimits.MaxValueBytes + 1], [2]]));

        reply.Outcomes.ShouldBe([CacheOutcome.Done, CacheOutcome.Failed, CacheOutcome.Done]);
        reply.Errors![1].Message.ShouldContain("3,145,728");
        (await door.RunAsync(Get(["a", "large", "b"]))).Outcomes.ShouldBe([CacheOutcome.Done, CacheOutcome.Missing, CacheOutcome.Done]);
    }

    [Fact]
    public async Task RunAsync_KeysThatFail_FailInTheirPlaces()
    {
        _route.Bad.Add("key2600");

        var reply = await new Door(_route).RunAsync(Get(Keys(6_000)));

        reply.Errors!.Keys.ShouldBe([2_600]);
        reply.Outcomes[2_600].ShouldBe(CacheOutcome.Failed);
        reply.Outcomes.Count(outcome => outcome == CacheOutcome.Missing).ShouldBe(5_999);
    }

    [Theory]
    [InlineData(CacheOperation.Ttl)]
    [InlineData(CacheOperation.Expire)]
    [InlineData(CacheOperation.Delete)]
    public async Task RunAsync_ManyKeys_AnswersEachInItsPlace(CacheOperation operation)
    {
        var door = new Door(_route);
        var keys = Keys(6_000);
        await door.RunAsync(new()
        {
            Cache = "cache",
            Operation = CacheOperation.Set,
            Keys = Pack([.. keys.Where((_, i) => i % 3 == 0)]),
            Values = new([.. Enumerable.Repeat(ReadOnlyMemory<byte>.Empty, 2_000)]),
            Expiries = [.. Enumerable.Range(0, 2_000).Select(i => new CacheExpiry(i + 1, false))],
        });

        var reply = await door.RunAsync(new() { Cache = "cache", Operation = operation, Keys = Pack(keys), Expiries = [CacheExpiry.Never] });

        reply.Outcomes.ShouldBe(keys.Select((_, i) => i % 3 == 0 ? CacheOutcome.Done : CacheOutcome.Missing));
        if (operation == CacheOperation.Ttl)
        {
            reply.Ttls!.ShouldBe(keys.Select((_, i) => i % 3 == 0 ? i / 3L + 1 : 0));
        }
    }

    [Fact]
    public async Task RunAsync_PageFails_EndsTheOthers()
    {
        var cancelled = new ConcurrentBag<bool>();
        var pages = 0;
        var running = new CacheDoorCall(Get(Keys(10_000)), async (_, token) =>
        {
            if (Interlocked.Increment(ref pages) == 4)
            {
                throw new CallUnansweredException(1, TimeSpan.Zero, new TimeoutException());
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ContinueWith(task => cancelled.Add(task.IsCanceled), TaskScheduler.Default);
            throw new OperationCanceledException(token);
        }).RunAsync(CancellationToken.None);

        await Should.ThrowAsync<CallUnansweredException>(running.AsTask());

        cancelled.ShouldBe([true, true, true]);
    }

    [Fact]
    public async Task RunAsync_Cancelled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        var gate = new Gate();
        var running = new CacheDoorCall(Get(Keys(10_000)), async (page, token) =>
        {
            await gate.PassAsync(token);
            return await _route.CallAsync(page, token);
        }).RunAsync(cancellation.Token).AsTask();

        await gate.WaitForEnteredAsync(4);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    private static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(i => $"key{i}")];

    private int LanesOf(CacheRequest request) => new CacheDoorCall(request, (page, token) => _route.CallAsync(page, token).AsTask()).Lanes;

    private static PackedKeys Pack(string[] keys) => KeyBatch.Pack(keys).Keys;

    private static CacheRequest Get(string[] keys) => new() { Cache = "cache", Operation = CacheOperation.Get, Keys = Pack(keys) };

    private static CacheRequest Set(string[] keys, byte[][] values) => new()
    {
        Cache = "cache",
        Operation = CacheOperation.Set,
        Keys = Pack(keys),
        Values = new(Array.ConvertAll(values, value => new ReadOnlyMemory<byte>(value))),
    };

    /// <summary>A door that leaves out of its answers what comes to more than a page, and remembers the largest message.</summary>
    private sealed class Door(DictionaryCacheRoute route)
    {
        private int _largest;

        public int Largest => _largest;

        public ValueTask<CacheReply> RunAsync(CacheRequest request) => new CacheDoorCall(request, AskAsync).RunAsync(CancellationToken.None);

        private async Task<CacheReply> AskAsync(CacheRequest page, CancellationToken cancellationToken)
        {
            Note(page.Keys.Bytes.Length + Enumerable.Range(0, page.Values?.Count ?? 0).Sum(i => page.Values![i].Length));
            return Cut(await route.CallAsync(page, cancellationToken));
        }

        private CacheReply Cut(CacheReply reply)
        {
            var bytes = 0;
            for (var i = 0; i < reply.Outcomes.Length && reply.Values is not null; i++)
            {
                bytes += reply.Values[i].Length;
                if (bytes > CacheLimits.MaxPageBytes)
                {
                    bytes -= reply.Values[i].Length;
                    reply.Outcomes[i] = CacheOutcome.NotHeld;
                }
            }

            Note(bytes);
            return reply;
        }

        private void Note(int bytes)
        {
            for (var seen = _largest; bytes > seen; seen = _largest)
            {
                Interlocked.CompareExchange(ref _largest, bytes, seen);
            }
        }
    }
}
