using CsCheck;

namespace Armature.Rendering.Node;

/// <summary>Several pages in flight, and how many a renderer asks for.</summary>
public sealed class RendererConcurrencyTests
{
    private static readonly string[] Routes =
    [
        "/", "/about", "/products/3", "/unicode", "/moved", "/web-stream", "/node-stream", "/wait/0", "/wait/2", "/wait/5",
        "/throw", "/throw-after-await", "/reject-unhandled-later", "/reject-unhandled", "/no/such/page", "/number", "/compute?ms=1", "/logs",
    ];

    [Fact]
    public async Task Render_RandomPagesInFlightTogether_AnswersTheBytesOfOneAfterTheOther()
    {
        await using var child = await RendererChild.StartPlainAsync();
        var expected = new Dictionary<string, RendererAnswer>();
        foreach (var route in Routes)
        {
            expected[route] = await child.RenderAsync(route);
        }

        await Gen.Int[0, Routes.Length - 1].Array[1, 60].SampleAsync(
            async picks =>
            {
                var routes = picks.Select(pick => Routes[pick]).ToArray();
                var answers = await Task.WhenAll(routes.Select(route => child.RenderAsync(route)));
                for (var i = 0; i < routes.Length; i++)
                {
                    answers[i].Payload.ShouldBe(expected[routes[i]].Payload);
                    answers[i].Failure.ShouldBe(expected[routes[i]].Failure);
                }
            },
            iter: 30,
            threads: 1);
    }

    [Fact]
    public async Task Capacity_PagesThatWait_AreAskedForUpToTheMost()
    {
        await using var child = await RendererChild.StartAsync(RendererSite.Plain with { MaxInFlight = 12 });
        using var end = new CancellationTokenSource();
        var wanted = 1;

        var pages = Enumerable.Range(0, 12).Select(async place =>
        {
            while (!end.IsCancellationRequested)
            {
                if (place < Volatile.Read(ref wanted))
                {
                    (await child.RenderAsync("/wait/20")).Status.ShouldBe(200);
                }
                else
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
                }
            }
        }).ToArray();
        var counts = new List<int>();
        await foreach (var count in child.Capacities.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            counts.Add(count);
            Volatile.Write(ref wanted, count);
            if (count == 12)
            {
                break;
            }
        }

        await end.CancelAsync();
        await Task.WhenAll(pages);
        counts[0].ShouldBe(2);
        counts.ShouldAllBe(count => count <= 12);
    }

    [Theory]
    [InlineData("w", "2")] // Idle while pages wait: twice as many.
    [InlineData("w w w", "2 4 8")]
    [InlineData("w w w w w", "2 4 8 10")] // Never above the most.
    [InlineData("W W", "")] // Places are left: no more are needed.
    [InlineData("n n n", "")] // Neither idle nor busy.
    [InlineData("b b b b", "")] // Pages that compute: one at a time.
    [InlineData("g", "2")] // Idle between two pages: one more, on its way.
    [InlineData("g g g g", "2")]
    [InlineData("w w w b b n b b", "2 4 8")] // Not yet busy for long.
    [InlineData("w w w b b b", "2 4 8 6")] // Busy: fewer by a quarter.
    [InlineData("w w w b b b b b b b b b", "2 4 8 6 5")] // But not down to a count that had left the loop idle.
    [InlineData("s s s s", "7")] // Short pages: as many as take 4 ms.
    [InlineData("w w w s s s s s s", "2 4 8 7")]
    [InlineData("s b b b b b b b b b b b b b b b b b b", "7 5 3 2 1")] // No longer short.
    [InlineData("S", "")]
    public async Task Capacity_Samples_DecideTheCount(string samples, string counts)
    {
        using var renderer = await UnpackedRenderer.CreateAsync();
        var script = $$"""
            import { Capacity } from '{{new Uri(Path.Combine(renderer.Folder, "capacity.mjs"))}}';
            const counts = [];
            const capacity = new Capacity(10, count => counts.push(count));
            const kinds = { w: [0.9, 0, true], W: [0.9, 0, false], n: [0.2, 0, true], b: [0, 0, true], g: [0, 0.3, true], s: [0, 0, true, 7], S: [0, 0, false, 7] };
            for (const sample of '{{samples}}'.split(' ')) {
              capacity.decide(...kinds[sample]);
            }
            console.log(counts.join(' '));
            """;

        (await UnpackedRenderer.RunNodeAsync(["--input-type=module", "-e", script])).ShouldBe(counts);
    }

    [Fact]
    public async Task Render_NextPageWaits_AnswerOfTheOneBeforeIsNotHeldBack()
    {
        await using var child = await RendererChild.StartPlainAsync();

        var answers = child.AskTogether(("/about", false), ("/never", false), ("/products/3", false), ("/never", false));

        (await answers[0]).Status.ShouldBe(200);
        (await answers[2]).Status.ShouldBe(200);
        answers[1].IsCompleted.ShouldBeFalse();
    }

    [Theory]
    [InlineData("page(1)", "page")] // Nothing is held back.
    [InlineData("hold() page(1) page(1)", "")]
    [InlineData("hold() page(1) page(1) release() page(1)", "page+page page")]
    [InlineData("hold() page(40000) page(40000) page(1)", "page+page page")] // 64 KiB are enough.
    [InlineData("hold() page(1) later(4) hold() page(1) later(1) hold() page(1)", "page+page")] // And so are 5 ms.
    public async Task FrameWriter_Hold_AnswersLeaveTogether(string steps, string writes)
    {
        using var renderer = await UnpackedRenderer.CreateAsync();
        var script = $$"""
            import { performance } from 'node:perf_hooks';
            import { Writable } from 'node:stream';
            import { FrameWriter } from '{{new Uri(Path.Combine(renderer.Folder, "frames.mjs"))}}';
            let now = 0;
            performance.now = () => now;
            const writes = [];
            const frames = chunks => chunks.filter(({ chunk }) => chunk[0] === 0xaf).map(() => 'page').join('+');
            const output = new Writable({ writev: (chunks, done) => { writes.push(frames(chunks)); done(); } });
            const writer = new FrameWriter(output);
            const hold = () => writer.hold();
            const release = () => writer.release();
            const later = ms => { now += ms; };
            const page = bytes => writer.page(1n, Buffer.from('{}'), { chunks: ['x'.repeat(bytes)], bytes });
            for (const step of '{{steps}}'.split(' ')) {
              eval(step);
            }
            console.log(writes.join(' '));
            """;

        (await UnpackedRenderer.RunNodeAsync(["--input-type=module", "-e", script])).ShouldBe(writes);
    }

    [Fact]
    public async Task Capacity_IdleLongAgo_GoesDownToOne()
    {
        using var renderer = await UnpackedRenderer.CreateAsync();
        var script = $$"""
            import { Capacity } from '{{new Uri(Path.Combine(renderer.Folder, "capacity.mjs"))}}';
            let last = 1;
            const capacity = new Capacity(64, count => { last = count; });
            for (let i = 0; i < 4; i++) capacity.decide(0.9, 0, true);
            for (let i = 0; i < 200; i++) capacity.decide(0, 0, true);
            console.log(last);
            """;

        (await UnpackedRenderer.RunNodeAsync(["--input-type=module", "-e", script])).ShouldBe("1");
    }
}
