using CsCheck;

namespace Armature.Storage;

public abstract partial class RecordStoreContract
{
    private static readonly Gen<string> AnyPartition = OneOf("p", "P", "p/1", "q");

    private static readonly Gen<string> AnyKey = OneOf("a", "A", "a/1", "a/2", "b*", "b", "~");

    private static readonly Gen<RecordChange> AnyChange = Gen.Select(AnyKey, Gen.Byte.Array[0, 20], Gen.Bool, (key, value, isPut) =>
        isPut ? RecordChange.Put(key, value) : RecordChange.Delete(key));

    // An age of 0 is the owner's epoch, 1 that of the owner before.
    private static readonly Gen<RecordStep> AnyStep = Gen.Select(
        Gen.Enum<RecordAct>(), AnyPartition, Gen.Int[0, 1], AnyChange.Array[0, 6], (act, partition, age, changes) => new RecordStep(act, partition, age, changes));

    private enum RecordAct
    {
        Open,
        Commit,
        CommitAgain,
        ReadMany,
        Scan,
        List,
        Delete,
    }

    /// <summary>How many random histories a store is put through.</summary>
    protected virtual int Histories => 200;

    [Fact]
    public async Task EveryMethod_RandomHistory_AnswersAsADictionaryWould() =>
        await AnyStep.List[1, 40].SampleAsync(
            async steps =>
            {
                var store = await CreateAsync();
                var model = new RecordModel();
                foreach (var step in steps)
                {
                    await RunAsync(step, store, model);
                }

                foreach (var (partition, records) in model.Partitions)
                {
                    (await store.ScanAsync(partition, "", Never).ToDictionaryAsync(entry => entry.Key, entry => Convert.ToHexString(entry.Value.Span)))
                        .ShouldBe(records, ignoreOrder: true);
                }
            },
            iter: Histories,
            threads: 1);

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static async Task RunAsync(RecordStep step, IRecordStore store, RecordModel model)
    {
        var (act, partition, age, changes) = step;
        var keys = changes.Select(change => change.Key).ToArray();
        var epoch = model.EpochOf(partition, age);
        switch (act)
        {
            case RecordAct.Open:
                model.Open(partition, await store.OpenAsync(partition, Never));
                break;
            case RecordAct.Commit or RecordAct.CommitAgain when model.IsOwner(partition, epoch):
                await store.CommitAsync(partition, epoch, changes, Never);
                await (act == RecordAct.CommitAgain ? store.CommitAsync(partition, epoch, changes, Never) : Task.CompletedTask);
                model.Commit(partition, changes);
                break;
            case RecordAct.Commit or RecordAct.CommitAgain:
                await Should.ThrowAsync<FencedException>(() => store.CommitAsync(partition, epoch, changes, Never));
                break;
            case RecordAct.ReadMany:
                (await store.ReadManyAsync(partition, keys, Never))
                    .Select(value => value is { } bytes ? Convert.ToHexString(bytes.Span) : null)
                    .ShouldBe(keys.Select(key => model.Find(partition, key)));
                break;
            case RecordAct.Scan:
                var prefix = keys.FirstOrDefault("")[..^(keys.Length == 0 ? 0 : 1)];
                (await store.ScanAsync(partition, prefix, Never).Select(entry => entry.Key).ToListAsync())
                    .ShouldBe(model.Keys(partition).Where(key => key.StartsWith(prefix, StringComparison.Ordinal)), ignoreOrder: true);
                break;
            case RecordAct.List:
                (await NamesAsync(store, partition)).ShouldBe(
                    model.Partitions.Keys.Where(name => name.StartsWith(partition, StringComparison.Ordinal)), ignoreOrder: true);
                break;
            case RecordAct.Delete when model.IsOwner(partition, epoch) || !model.Partitions.ContainsKey(partition):
                await store.DeletePartitionAsync(partition, epoch, Never);
                model.Partitions.Remove(partition);
                break;
            case RecordAct.Delete:
                await Should.ThrowAsync<FencedException>(() => store.DeletePartitionAsync(partition, epoch, Never));
                break;
        }
    }

    private sealed record RecordStep(RecordAct Act, string Partition, int Age, RecordChange[] Changes);

    private sealed class RecordModel
    {
        private readonly Dictionary<string, List<long>> _epochs = new(StringComparer.Ordinal);
        private long _highest;

        public Dictionary<string, Dictionary<string, string>> Partitions { get; } = new(StringComparer.Ordinal);

        public void Open(string partition, long epoch)
        {
            EpochsOf(partition).ShouldAllBe(earlier => earlier < epoch);
            _highest = Math.Max(_highest, epoch);
            EpochsOf(partition).Add(epoch);
            Partitions.TryAdd(partition, new(StringComparer.Ordinal));
        }

        public long EpochOf(string partition, int age)
        {
            var epochs = EpochsOf(partition);
            return epochs.Count > age ? epochs[^(age + 1)] : _highest + 1;
        }

        public bool IsOwner(string partition, long epoch) =>
            Partitions.ContainsKey(partition) && EpochsOf(partition)[^1] == epoch;

        public void Commit(string partition, RecordChange[] changes)
        {
            foreach (var change in changes)
            {
                if (change.Value is { } value)
                {
                    Partitions[partition][change.Key] = Convert.ToHexString(value.Span);
                    continue;
                }

                Partitions[partition].Remove(change.Key);
            }
        }

        public string? Find(string partition, string key) => Partitions.GetValueOrDefault(partition)?.GetValueOrDefault(key);

        public IEnumerable<string> Keys(string partition) => Partitions.GetValueOrDefault(partition)?.Keys.AsEnumerable() ?? [];

        private List<long> EpochsOf(string partition)
        {
            if (!_epochs.TryGetValue(partition, out var epochs))
            {
                _epochs[partition] = epochs = [];
            }

            return epochs;
        }
    }
}
