using System.Threading.Channels;
using Armature.Batching;
using Armature.Testing.Processes;
using Armature.TestSilo;
using Microsoft.Extensions.DependencyInjection;

namespace Armature.Upgrades;

public sealed class RollingUpgradeTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task RunAsync_HandlerThatOnlyTheNextVersionHas_OldSilosNeverGetIt()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 2);
        await cluster.LaunchNextSilo().BecomesReadyAsync();
        var client = cluster.Client.GetRequiredService<ArmatureClient>();

        var labels = await client.Batches.RunAsync<int, int>(LabelParcel.Name, [.. Enumerable.Range(0, 1_000)]).WaitAsync(Bound);

        labels.ShouldAllBe(label => label.IsSuccess && label.Value == 2);
    }

    [Fact]
    public async Task StreamAsync_DurableBatchWhileEverySiloIsReplaced_EveryItemIsDoneOnce()
    {
        await using var cluster = await SiloCluster.StartAsync(silos: 3);
        var client = cluster.Client.GetRequiredService<ArmatureClient>();
        var parcels = new ParcelStream();
        var results = ReadAsync(
            client.Batches.StreamAsync<Parcel, WeighedParcel>(WeighParcel.Name, parcels.ReadAllAsync(), new() { Durable = true }), parcels);

        foreach (var old in cluster.Silos.Take(3).ToList())
        {
            await cluster.LaunchNextSilo().BecomesReadyAsync();
            old.Terminate();
            (await old.WaitForExitAsync().WaitAsync(Bound)).ShouldBe(0, old.Output);
        }

        parcels.End();
        var all = await results.WaitAsync(Bound);

        all.Select(item => item.Index).Order().ShouldBe(Enumerable.Range(0, parcels.Sent));
        all.ShouldAllBe(item => item.IsSuccess && item.Value!.Number == item.Index);
        all.Select(item => item.Value!.Version).Distinct().Order().ShouldBe([1, 2]);
    }

    /// <summary>The results; each lets one more parcel go, so that the batch lasts as long as the upgrade.</summary>
    private static async Task<List<BatchItem<WeighedParcel>>> ReadAsync(IAsyncEnumerable<BatchItem<WeighedParcel>> results, ParcelStream parcels)
    {
        var all = new List<BatchItem<WeighedParcel>>();
        await foreach (var item in results)
        {
            all.Add(item);
            parcels.SendOne();
        }

        return all;
    }

    /// <summary>Some parcels under way at a time, until the end is called.</summary>
    private sealed class ParcelStream
    {
        private const int UnderWay = 100;

        private readonly Channel<Parcel> _parcels = Channel.CreateUnbounded<Parcel>();
        private readonly Lock _lock = new();

        public ParcelStream()
        {
            for (var i = 0; i < UnderWay; i++)
            {
                SendOne();
            }
        }

        public int Sent { get; private set; }

        public void SendOne()
        {
            lock (_lock)
            {
                if (_parcels.Writer.TryWrite(new() { Number = Sent }))
                {
                    Sent++;
                }
            }
        }

        public void End()
        {
            lock (_lock)
            {
                _parcels.Writer.Complete();
            }
        }

        public IAsyncEnumerable<Parcel> ReadAllAsync() => _parcels.Reader.ReadAllAsync();
    }
}
