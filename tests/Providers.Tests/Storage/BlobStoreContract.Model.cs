using CsCheck;

namespace Armature.Storage;

public abstract partial class BlobStoreContract
{
    private static readonly Gen<string> AnyName = OneOf("a", "A", "a/b", "a/b/c", "a/B", "b/c", "b.c/d", "a-1");

    private static readonly Gen<string> AnyPrefix = OneOf("", "a", "a/", "a/b", "b", "z");

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Enum<Act>(), AnyName, AnyPrefix, Gen.Byte.Array[0, 40], (act, name, prefix, bytes) => new Step(act, name, prefix, bytes));

    private enum Act
    {
        PutBytes,
        PutStream,
        Create,
        Get,
        Range,
        Delete,
        List,
    }

    /// <summary>How many random histories a store is put through.</summary>
    protected virtual int Histories => 200;

    [Fact]
    public async Task EveryMethod_RandomHistory_AnswersAsADictionaryWould() =>
        await AnyStep.List[1, 30].SampleAsync(
            async steps =>
            {
                var store = await CreateAsync();
                var model = new Dictionary<string, byte[]>(StringComparer.Ordinal);
                foreach (var step in steps)
                {
                    await RunAsync(step, store, model);
                }

                (await NamesAsync(store, "")).ShouldBe(model.Keys, ignoreOrder: true);
            },
            iter: Histories,
            threads: 1);

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static async Task RunAsync(Step step, IBlobStore store, Dictionary<string, byte[]> model)
    {
        var before = model.GetValueOrDefault(step.Name);
        switch (step.Act)
        {
            case Act.PutBytes:
                await store.PutAsync(step.Name, step.Bytes, Never);
                model[step.Name] = step.Bytes;
                break;
            case Act.PutStream:
                await store.PutAsync(step.Name, new MemoryStream(step.Bytes), Never);
                model[step.Name] = step.Bytes;
                break;
            case Act.Create:
                (await store.TryCreateAsync(step.Name, step.Bytes, Never)).ShouldBe(model.TryAdd(step.Name, step.Bytes));
                break;
            case Act.Get:
                (await store.GetAsync(step.Name, 40, Never)).ShouldBe(before);
                break;
            case Act.Range:
                var offset = step.Bytes.Length;
                (await store.ReadRangeAsync(step.Name, offset, 5, Never))?.Bytes.ShouldBe(before!.Skip(offset).Take(5));
                break;
            case Act.Delete:
                (await store.DeleteAsync(step.Name, Never)).ShouldBe(model.Remove(step.Name));
                break;
            case Act.List:
                (await NamesAsync(store, step.Prefix)).ShouldBe(
                    model.Keys.Where(name => name.StartsWith(step.Prefix, StringComparison.Ordinal)), ignoreOrder: true);
                break;
        }
    }

    private sealed record Step(Act Act, string Name, string Prefix, byte[] Bytes);
}
