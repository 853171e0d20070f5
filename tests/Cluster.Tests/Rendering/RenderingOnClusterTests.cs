using System.Runtime.CompilerServices;
using Armature.Batching;
using Armature.Chaos;
using Armature.Testing;
using Armature.Testing.Processes;
using Armature.Testing.Sites;

namespace Armature.Rendering;

/// <summary>Pages on three real silos, some of which are killed.</summary>
[Collection(ChaosCollection.Name)]
public sealed class RenderingOnClusterTests(ChaosCluster cluster, ITestOutputHelper output)
{
    private static readonly Site Plain = Site.Open(TestSites.Plain, new() { Entry = "site.mjs" });
    // More pages than two silos have in flight.
    private const int Held = 400;

    private static readonly string[] Rest = ["/", "/about", "/throw", "/nowhere", "/moved", .. Enumerable.Range(0, 20).Select(i => $"/products/{i}")];

    private RenderingClient Rendering => cluster.Client.Rendering;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kill_SiloWithPagesInFlight_EveryPageIsWhatItIsOneByOne(bool isCoordinator)
    {
        using var story = await cluster.BeginAsync(output);
        var alone = new Dictionary<string, RenderedPage>();
        foreach (var route in Rest)
        {
            alone[route] = (await Rendering.RenderManyAsync(Plain, [route]))[route];
        }

        var gate = new Gate();
        using var backend = Holding(gate);
        string[] held = [.. Enumerable.Range(0, Held).Select(backend.Route)];
        var id = Guid.NewGuid().ToString("N");
        var rendering = CollectAsync(Rendering.StreamAsync(Plain, RoutesAsync(held, gate), new() { BatchId = id }));
        var victim = await FindVictimAsync(id, isCoordinator);
        story.Tell($"{cluster.Name(victim)} is killed");
        victim.Kill();
        gate.Open();
        var pages = await rendering;

        pages.Count.ShouldBe(Held + Rest.Length);
        pages.Select(page => page.Route).Distinct().Count().ShouldBe(pages.Count);
        pages.Where(page => held.Contains(page.Route)).ShouldAllBe(page => page.IsSuccess);
        foreach (var page in pages.Where(page => Rest.Contains(page.Route)))
        {
            (page.Status, page.Error?.Code).ShouldBe((alone[page.Route].Status, alone[page.Route].Error?.Code));
            page.Body.AsSpan().SequenceEqual(alone[page.Route].Body).ShouldBeTrue($"{page.Route} is the same, byte for byte");
        }
    }

    [Fact]
    public async Task Kill_Silo_ItsNodeProcessesDieWithIt()
    {
        using var story = await cluster.BeginAsync(output);
        using var stop = new CancellationTokenSource();
        var id = Guid.NewGuid().ToString("N");
        var rendering = CollectAsync(Rendering.StreamAsync(Plain, Enumerable.Range(0, Held).Select(i => $"/never?i={i}").ToAsyncEnumerable(), new() { BatchId = id }, stop.Token));
        var victim = await FindVictimAsync(id, isCoordinator: false);
        var children = ProcessTree.ChildrenOf(victim.Id);
        children.Count.ShouldBeGreaterThan(0);

        victim.Kill();

        await Eventually.BecomesTrueAsync(() => !children.Any(ProcessTree.IsAlive), "its child processes are gone");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => rendering);
    }

    private async Task<SiloProcess> FindVictimAsync(string batchId, bool isCoordinator)
    {
        var handle = cluster.Client.Batches.GetHandle<RenderedPage>(batchId);
        SiloProcess? coordinator = null;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                if ((await cluster.Client.Batches.ListAsync()).All(batch => batch.Id != batchId))
                {
                    return false;
                }

                coordinator = await cluster.CoordinatorOfAsync(batchId);
                return (await handle.GetStatusAsync()).Silos.Count(silo => silo.Running > 0) == cluster.Members.Count;
            },
            "every silo renders");
        return isCoordinator ? coordinator! : cluster.Members.First(member => member != coordinator);
    }

    private static ScriptedBackend Holding(Gate gate) => new(async _ =>
    {
        await gate.PassAsync(CancellationToken.None);
        return (200, "data");
    });

    private static async IAsyncEnumerable<string> RoutesAsync(string[] held, Gate rest, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var route in held)
        {
            yield return route;
        }

        await rest.PassAsync(cancellationToken);
        foreach (var route in Rest)
        {
            yield return route;
        }
    }

    private static async Task<List<RenderedPage>> CollectAsync(IAsyncEnumerable<RenderedPage> pages)
    {
        var collected = new List<RenderedPage>();
        await foreach (var page in pages)
        {
            collected.Add(page);
        }

        return collected;
    }
}
