using CsCheck;

namespace Armature.Validation.Files;

/// <summary>The search for keys finds what an obvious loop finds.</summary>
public sealed class KeySearchTests
{
    private static readonly KeySetKind[] Sets = [KeySetKind.Unique, KeySetKind.Wanted, KeySetKind.Present, KeySetKind.Unique];

    // Few hashes, whose slots collide, so that keys repeat.
    private static readonly Gen<KeyEntry[]> GenEntries = Gen.Select(Gen.ULong[0, 20], Gen.ULong[0, 1], Gen.Int[0, 3])
        .Array[0, 60]
        .Select(static keys => keys.Select(static (key, i) => new KeyEntry(
            key.Item1 * 8, (key.Item2 << 8) | FamilyOf(key.Item3), KeyEntry.PositionOf(i / 7, i % 7, false, key.Item3))).ToArray());

    private static ulong FamilyOf(int set) => set == 2 ? 1 : (uint)set;

    [Fact]
    public void Run_AnyKeys_FindsWhatALoopFinds() => GenEntries.Sample(static entries =>
    {
        var expected = new List<(ulong, ulong)>();
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            bool IsEqual(KeyEntry other) => other.HashLow == entry.HashLow && other.HashHigh == entry.HashHigh;
            int SetOf(KeyEntry other) => KeyEntry.SetOf(other.Position);
            var kind = Sets[SetOf(entry)];
            if (kind == KeySetKind.Unique && entries.Take(i).Where(IsEqual).Where(other => Sets[SetOf(other)] == KeySetKind.Unique).ToArray() is [var first, ..])
            {
                expected.Add((entry.Position, first.Position));
            }
            else if (kind == KeySetKind.Wanted && !entries.Where(IsEqual).Any(other => SetOf(other) == 2))
            {
                expected.Add((entry.Position, entry.Position));
            }
        }

        var found = KeySearch.Run(entries, Sets, CancellationToken.None);

        found.Chunk(2).Select(static pair => (pair[0], pair[1])).ShouldBe(expected);
    });

    [Fact]
    public void Run_Cancelled_Ends() =>
        Should.Throw<OperationCanceledException>(static () => KeySearch.Run([new(1, 2, 3)], [KeySetKind.Unique, KeySetKind.Unique, KeySetKind.Unique, KeySetKind.Unique], new(canceled: true)));
}
