using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Armature.Caching;

public sealed class CacheWireTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    [Fact]
    public void Serialize_AnyRequest_IsReadAsItWas() => Gen.Select(Gen.Byte.Array[0, 20], Gen.Byte.Array[0, 20]).Array[0, 200].Sample(entries =>
    {
        var ends = new int[entries.Length];
        var end = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            ends[i] = end += entries[i].Item1.Length;
        }

        var request = Copy(new CacheRequest
        {
            Cache = "cache",
            Operation = CacheOperation.Set,
            Keys = new(ends, [.. entries.SelectMany(entry => entry.Item1), 1, 2]),
            Values = new(Array.ConvertAll(entries, entry => new ReadOnlyMemory<byte>(entry.Item2))),
        });

        request.Keys.Count.ShouldBe(entries.Length);
        for (var i = 0; i < entries.Length; i++)
        {
            request.Keys[i].ToArray().ShouldBe(entries[i].Item1);
            request.Values![i].ToArray().ShouldBe(entries[i].Item2);
        }
    });

    [Theory]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(10_000)]
    public void Serialize_ManyValues_AreReadAsTheyWere(int count)
    {
        var values = Enumerable.Range(0, count).Select(i => new ReadOnlyMemory<byte>(BitConverter.GetBytes(i))).ToArray();

        var read = Copy(new PackedValues(values));

        read.Count.ShouldBe(count);
        Enumerable.Range(0, count).Select(i => BitConverter.ToInt32(read[i].Span)).ShouldBe(Enumerable.Range(0, count));
        BitConverter.ToInt32(read.Select([count - 1, 0])[0].Span).ShouldBe(count - 1);
    }

    [Fact]
    public void Serialize_ValuesOfAnySizes_AreReadAsTheyWere() => Gen.Frequency((9, Gen.Int[0, 3_000]), (1, Gen.Int[60_000, 200_000])).Array[0, 100].Sample(
        sizes =>
        {
            var values = Array.ConvertAll(sizes, size => new ReadOnlyMemory<byte>([.. Enumerable.Range(size, size).Select(i => (byte)i)]));

            var (read, behind) = Copy((new PackedValues(values), "behind"));

            for (var i = 0; i < values.Length; i++)
            {
                read[i].Span.SequenceEqual(values[i].Span).ShouldBeTrue();
            }

            behind.ShouldBe("behind");
        },
        iter: 100);

    [Fact]
    public void Serialize_ManyValues_AreReadIntoArraysThatAreNoLargeObjects()
    {
        var read = Copy(new PackedValues([.. Enumerable.Repeat(new ReadOnlyMemory<byte>(new byte[1_000]), 1_000), new byte[100_000]]));

        for (var i = 0; i < 1_000; i++)
        {
            ArrayOf(read[i]).Length.ShouldBeInRange(1_000, 65_536);
        }

        ArrayOf(read[1_000]).Length.ShouldBe(100_000);
    }

    [Fact]
    public void Serialize_KeysWithUnusedBytes_DoNotTravelWithThem()
    {
        var read = Copy(new PackedKeys([1, 3], [1, 2, 3, 4, 5]));

        read.Bytes.ShouldBe([1, 2, 3]);
        read[1].ToArray().ShouldBe([2, 3]);
    }

    [Fact]
    public void Serialize_Reply_IsReadAsItWas()
    {
        var reply = Copy(new CacheReply
        {
            Outcomes = [CacheOutcome.Done, CacheOutcome.Missing, CacheOutcome.Failed],
            Ttls = [1, 2, 3],
            Errors = new() { [2] = new("code", "message") },
            Versions = [long.MaxValue, 0, -1],
        });

        reply.Outcomes.ShouldBe([CacheOutcome.Done, CacheOutcome.Missing, CacheOutcome.Failed]);
        reply.Values.ShouldBeNull();
        reply.Ttls.ShouldBe([1, 2, 3]);
        reply.Errors![2].ShouldBe(new ItemError("code", "message"));
        reply.Versions.ShouldBe([long.MaxValue, 0, -1]);
        Copy(new CacheReply { Outcomes = [] }).Versions.ShouldBeNull();
    }

    [Fact]
    public void Serialize_SameValuesTwice_AreReadTwice()
    {
        var values = new PackedValues([new byte[] { 1 }, ReadOnlyMemory<byte>.Empty]);

        var (one, other) = Copy((values, values));

        one[0].ToArray().ShouldBe([1]);
        one[1].Length.ShouldBe(0);
        other.ShouldBeSameAs(one);
    }

    [Theory]
    [InlineData(int.MaxValue, 4)]
    [InlineData(3, 4)]
    [InlineData(-1, 4)]
    [InlineData(1, 5)]
    [InlineData(1, -1)]
    [InlineData(2, 0x09090909)]
    public void Deserialize_ValuesThatCannotBeThere_IsRefusedBeforeRoomIsMadeForThem(int count, int end)
    {
        var bytes = Serializer.SerializeToArray(new PackedValues([new byte[] { 9, 9, 9, 9 }]));
        var at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[1, 0, 0, 0, 4, 0, 0, 0, 9, 9, 9, 9]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 4), end);

        Should.Throw<InvalidDataException>(() => Serializer.Deserialize<PackedValues>(bytes));
    }

    public void Dispose() => _services.Dispose();

    private static byte[] ArrayOf(ReadOnlyMemory<byte> value) => MemoryMarshal.TryGetArray(value, out var segment) ? segment.Array! : throw new InvalidOperationException("It is no array.");

    private T Copy<T>(T value) => Serializer.Deserialize<T>(Serializer.SerializeToArray(value))!;
}
