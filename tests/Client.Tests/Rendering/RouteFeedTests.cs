using CsCheck;

namespace Armature.Rendering;

public sealed class RouteFeedTests
{
    private static readonly RenderSite Site = new() { Bundle = new('a', 64), Adapter = SiteAdapter.Module, Entry = "site.mjs" };

    [Fact]
    public async Task JobsAsync_BatchesThatAreLost_EveryRouteIsClosedOnceAndInOrder() =>
        await Gen.Select(Gen.Int[0, 60], Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30]).Array[0, 6]).SampleAsync(
            async (count, losses) =>
            {
                string[] routes = [.. Enumerable.Range(0, count).Select(i => $"/{i}")];
                var closed = new List<string>();
                await using var feed = new RouteFeed(routes.ToAsyncEnumerable(), CancellationToken.None);
                foreach (var (sent, done) in losses)
                {
                    // Every second one of those that were sent has its page.
                    var jobs = await feed.JobsAsync(Site).Take(sent).ToListAsync();
                    closed.AddRange(Enumerable.Range(0, Math.Min(done, jobs.Count)).Where(i => i % 2 == 0).Select(i => feed.Close(i)!));
                    feed.OnLost();
                }

                var last = await feed.JobsAsync(Site).ToListAsync();
                last.Select(job => job.Route).ShouldBe(routes.Except(closed));
                closed.AddRange(Enumerable.Range(0, last.Count).Select(i => feed.Close(i)!));
                closed.Order().ShouldBe(routes.Order());
                feed.Close(0).ShouldBeNull();
            },
            iter: 200,
            threads: 1);

    [Fact]
    public async Task JobsAsync_SourceThrows_ThrowsItAfterWhatCameBefore()
    {
        await using var feed = new RouteFeed(Broken(), CancellationToken.None);
        var came = new List<string>();

        var thrown = await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (var job in feed.JobsAsync(Site))
            {
                came.Add(job.Route);
            }
        });

        thrown.Message.ShouldBe("the source is broken");
        came.ShouldBe(["/a"]);

        static async IAsyncEnumerable<string> Broken()
        {
            yield return "/a";
            await Task.Yield();
            throw new InvalidOperationException("the source is broken");
        }
    }
}
