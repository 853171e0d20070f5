using Armature.Hosting;
using Armature.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Armature.Storage;

public sealed class BlobPrunerTests
{
    private static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    private readonly FakeTimeProvider _time = new();
    private readonly ArmatureOptions _options = new();
    private readonly InMemoryBlobStore _store;

    public BlobPrunerTests() => _store = new(_time);

    [Fact]
    public async Task PruneAsync_OldPayloads_DeletesThoseOfBatchesAlone()
    {
        await PutAsync("batches/old/1", "batches/old/2", "payloads/old", "batchesold", "armature/store-id");
        _time.Advance(Retention);
        await PutAsync("batches/young/1");
        _time.Advance(TimeSpan.FromTicks(1));

        (await Pruner().PruneAsync(CancellationToken.None)).ShouldBe(2);

        (await NamesAsync()).ShouldBe(["batches/young/1", "payloads/old", "batchesold", "armature/store-id"], ignoreOrder: true);
    }

    [Fact]
    public async Task PruneAsync_BundlesOfSites_HaveARetentionOfTheirOwn()
    {
        await PutAsync("sites/old.tar");
        _time.Advance(TimeSpan.FromDays(15));
        await PutAsync("sites/young.tar");
        _time.Advance(TimeSpan.FromDays(15) + TimeSpan.FromTicks(1));

        (await Pruner().PruneAsync(CancellationToken.None)).ShouldBe(1);

        (await NamesAsync()).ShouldBe(["sites/young.tar"]);
    }

    [Fact]
    public async Task PruneAsync_NotOlderThanTheRetention_DeletesNothing()
    {
        await PutAsync("batches/a/1");
        _time.Advance(Retention);

        (await Pruner().PruneAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task PruneAsync_MoreThanARoundTakes_LeavesTheRestForTheNext()
    {
        _options.Storage.MaxPrunedPerRound = 3;
        await PutAsync([.. Enumerable.Range(0, 5).Select(i => $"batches/a/{i}")]);
        _time.Advance(Retention * 2);

        (await Pruner().PruneAsync(CancellationToken.None)).ShouldBe(3);
        (await Pruner().PruneAsync(CancellationToken.None)).ShouldBe(2);
        (await Pruner().PruneAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task ExecuteAsync_TimePasses_PrunesWithoutBeingAsked()
    {
        await PutAsync("batches/a/1");
        using var pruner = Pruner();
        await pruner.StartAsync(CancellationToken.None);

        await Eventually.BecomesTrueAsync(
            async () =>
            {
                _time.Advance(TimeSpan.FromHours(1));
                return (await NamesAsync()).Count == 0;
            },
            "the old payload is pruned");

        await pruner.StopAsync(CancellationToken.None);
        (_time.GetUtcNow() - _time.Start).ShouldBeGreaterThan(Retention);
    }

    private BlobPruner Pruner() => new(_store, Options.Create(_options), _time, NullLogger<BlobPruner>.Instance);

    private async Task PutAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await _store.PutAsync(name, new byte[1], CancellationToken.None);
        }
    }

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var blob in _store.ListAsync("", CancellationToken.None))
        {
            names.Add(blob.Name);
        }

        return names;
    }
}
