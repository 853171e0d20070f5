using CsCheck;

namespace Armature.Batching;

public sealed class EntryWriterTests
{
    [Fact]
    public void Take_AnyEntries_GivesThemBackInOrder() =>
        Gen.Select(Gen.Byte.Array[0, 5_000], Gen.Int[0, 3]).Array[0, 30].Sample(
            steps =>
            {
                var writer = new EntryWriter();
                var expected = new List<(int, byte[])>();
                for (var i = 0; i < steps.Length; i++)
                {
                    var (bytes, action) = steps[i];
                    if (action == 0)
                    {
                        Write(writer, bytes);
                        writer.UnfinishedBytes.ShouldBe(bytes.Length);
                        writer.DropUnfinished();
                    }
                    else if (action == 1)
                    {
                        Verify(writer.Take(), expected);
                        expected.Clear();
                    }
                    else
                    {
                        Write(writer, bytes);
                        writer.End(i, EntryKind.Value);
                        expected.Add((i, bytes));
                    }

                    writer.Count.ShouldBe(expected.Count);
                    writer.WrittenBytes.ShouldBe(expected.Sum(entry => entry.Item2.Length));
                }

                Verify(writer.Take(), expected);
            },
            iter: 500);

    [Fact]
    public void Take_WritersAtOnce_ShareNoBuffer()
    {
        var first = new EntryWriter();
        first.Add(1, EntryKind.Value, [1, 1, 1]);
        var taken = first.Take();
        var second = new EntryWriter();
        second.Add(2, EntryKind.Value, [2, 2, 2]);

        taken.Bytes.ShouldBe([1, 1, 1]);
    }

    [Fact]
    public void Advance_BeyondTheBuffer_IsRefused()
    {
        var writer = new EntryWriter();
        var room = writer.GetSpan().Length;

        Should.Throw<ArgumentOutOfRangeException>(() => writer.Advance(room + 1));
        Should.Throw<ArgumentOutOfRangeException>(() => writer.Advance(-1));
    }

    // As a serializer does: in pieces.
    private static void Write(EntryWriter writer, byte[] bytes)
    {
        foreach (var piece in bytes.Chunk(700))
        {
            piece.CopyTo(writer.GetSpan(piece.Length));
            writer.Advance(piece.Length);
        }
    }

    private static void Verify(PackedEntries packed, List<(int Index, byte[] Bytes)> expected)
    {
        packed.Indices.ShouldBe(expected.Select(entry => entry.Index));
        for (var i = 0; i < packed.Count; i++)
        {
            packed[i].ToArray().ShouldBe(expected[i].Bytes);
        }
    }
}
