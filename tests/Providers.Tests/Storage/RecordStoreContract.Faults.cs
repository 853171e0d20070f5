using Armature.Hosting;
using Armature.Testing;
using Armature.Testing.Storage;
using CsCheck;

namespace Armature.Storage;

public abstract partial class RecordStoreContract
{
    private static readonly StorageOptions Patient = new() { RecordRetryTime = TimeSpan.FromHours(1), RecordCallTimeout = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task EveryMethod_RandomHistoryWithFaultsAtEveryCall_AnswersAsADictionaryWould() =>
        await Gen.Select(AnyStep.List[1, 40], Gen.Int).SampleAsync(
            async (steps, seed) =>
            {
                var random = new Random(seed);
                var faults = new[] { RecordFault.None, RecordFault.FailsBefore, RecordFault.FailsAfter };
                var store = new RepeatingRecordStore(new FaultyRecordStore(await CreateAsync()) { Fault = _ => faults[random.Next(faults.Length)] });
                var model = new RecordModel();
                foreach (var step in steps)
                {
                    await RunAsync(step, store, model);
                }
            },
            iter: Histories / 2,
            threads: 1);

    [Fact]
    public async Task GroupCommit_FaultsAtEveryCall_AppliesEverythingInOrder() =>
        await Gen.Int.SampleAsync(
            async seed =>
            {
                var random = new Random(seed);
                var inner = await CreateAsync();
                var store = new FaultyRecordStore(inner);
                var epoch = await store.OpenAsync(Partition, Never);
                var group = new GroupCommit(store, Partition, epoch, Patient, new HurriedTime());
                store.Fault = _ => random.Next(40) == 0 ? RecordFault.Hangs : (RecordFault)random.Next(3);
                var last = 0;
                var commits = new List<Task>();
                for (var i = 1; i <= 60; i++)
                {
                    commits.Add(group.AddAsync([Put("last", $"{i:D3}"), Put($"k{i}", $"{i}"), RecordChange.Delete($"k{i - 5}")], Never));
                    if (random.Next(4) == 0)
                    {
                        await commits[^1];
                        last = await ShouldNotGoBackAsync(inner, last, i);
                    }
                }

                await Task.WhenAll(commits);

                (await ReadAllAsync(inner, Partition, "")).ShouldBe(
                    new(Enumerable.Range(56, 5).Select(i => ($"k{i}", $"{i}")).Append(("last", "060")).ToDictionary()));
            },
            iter: 5,
            threads: 1);

    [Fact]
    public async Task GroupCommit_AnotherOwnerComes_WhatWasAcknowledgedIsThereAndNothingFollows()
    {
        var store = await CreateAsync();
        var first = new GroupCommit(store, Partition, await store.OpenAsync(Partition, Never), Patient, new HurriedTime());
        var adding = Enumerable.Range(0, 8).Select(writer => Task.Run(() => AddUntilFencedAsync(first, writer))).ToList();
        await Eventually.BecomesTrueAsync(async () => (await ReadAllAsync(store, Partition, "")).Count >= 100, "the first owner has written");

        await store.OpenAsync(Partition, Never);
        var found = (await ReadAllAsync(store, Partition, "")).Keys.ToHashSet();
        var acknowledged = (await Task.WhenAll(adding)).SelectMany(keys => keys).ToList();

        acknowledged.ShouldAllBe(key => found.Contains(key));
        (await ReadAllAsync(store, Partition, "")).Keys.ShouldBe(found, ignoreOrder: true);
        first.Failure.ShouldBeOfType<FencedException>();
    }

    private static async Task<int> ShouldNotGoBackAsync(IRecordStore store, int last, int acknowledged)
    {
        var read = int.Parse((await ReadManyAsync(store, Partition, "last"))[0]!);
        read.ShouldBeGreaterThanOrEqualTo(last);
        read.ShouldBeGreaterThanOrEqualTo(acknowledged);
        return read;
    }

    private static async Task<List<string>> AddUntilFencedAsync(GroupCommit group, int writer)
    {
        var acknowledged = new List<string>();
        try
        {
            while (true)
            {
                var key = $"{writer}/{acknowledged.Count}";
                await group.AddAsync([Put(key, "")], Never);
                acknowledged.Add(key);
            }
        }
        catch (FencedException)
        {
            return acknowledged;
        }
    }
}
