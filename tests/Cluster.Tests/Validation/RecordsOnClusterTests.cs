using System.Runtime.CompilerServices;
using Armature.Chaos;
using Armature.Testing;
using Armature.TestSilo;

namespace Armature.Validation;

[Collection(ChaosCollection.Name)]
public sealed class RecordsOnClusterTests(ChaosCluster cluster, ITestOutputHelper output)
{
    private const int Count = 20_000;
    private const string BatchId = "records-with-a-death";

    [Fact]
    public async Task Kill_SiloAmidManyRecords_TheReportsAreThoseOfOneProcess()
    {
        using var story = await cluster.BeginAsync(output);
        var parcels = Enumerable.Range(0, Count).Select(i => new Parcel { Number = i % 5_000 }).ToArray();
        var expected = await ParcelRules.All.ValidateManyAsync(parcels);
        var rest = new Gate();
        var reports = new ValidationReport?[Count];

        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var checking = CheckAsync();
        await half.Task;
        var coordinator = await cluster.CoordinatorOfAsync(BatchId);
        var victim = cluster.Members.First(member => member != coordinator);
        story.Tell($"{cluster.Name(victim)} is killed, which does not coordinate");
        victim.Kill();
        rest.Open();
        await checking;

        for (var i = 0; i < Count; i++)
        {
            reports[i]!.Failures.ShouldBe(expected[i].Failures);
        }

        async Task CheckAsync()
        {
            var done = 0;
            await foreach (var item in cluster.Client.Validation.StreamAsync(ParcelRules.Name, ReadAsync(), new() { Id = BatchId }))
            {
                reports[item.Index].ShouldBeNull("each is reported once");
                reports[item.Index] = item.Value;
                if (++done == Count / 4)
                {
                    half.SetResult();
                }
            }
        }

        async IAsyncEnumerable<Parcel> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var (i, parcel) in parcels.Index())
            {
                if (i == Count / 2)
                {
                    await rest.PassAsync(cancellationToken);
                }

                yield return parcel;
            }
        }
    }
}
