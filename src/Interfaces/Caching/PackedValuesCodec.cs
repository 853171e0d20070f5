using System.Buffers;
using System.Runtime.InteropServices;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace Armature.Caching;

/// <summary>
/// Values between processes: how many, where each ends, and their bytes one behind the other. They are written from where they are and
/// read as parts of one array, without another copy.
/// </summary>
[RegisterSerializer]
internal sealed class PackedValuesCodec : IFieldCodec<PackedValues?>
{
    /// <summary>
    /// Bytes of values that are read into one array: below what makes it a large object, whose memory is new each time, and so few that
    /// a value which is kept does not keep the whole message.
    /// </summary>
    private const int BlockBytes = 64 << 10;

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, PackedValues? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value))
        {
            return;
        }

        var ends = EndsOf(value);
        writer.WriteFieldHeader(fieldIdDelta, expectedType, typeof(PackedValues), WireType.LengthPrefixed);
        writer.WriteVarUInt32((uint)((ends.Length + 1) * sizeof(int)) + (uint)(ends.Length == 0 ? 0 : ends[^1]));
        writer.WriteInt32(ends.Length);
        writer.Write(MemoryMarshal.AsBytes<int>(ends));
        for (var i = 0; i < ends.Length; i++)
        {
            writer.Write(value[i].Span);
        }
    }

    public PackedValues? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference)
        {
            return ReferenceCodec.ReadReference<PackedValues, TInput>(ref reader, field);
        }

        field.EnsureWireType(WireType.LengthPrefixed);
        var length = reader.ReadVarUInt32();
        reader.EnsureAvailable(length);
        var values = Read(ref reader, length);
        ReferenceCodec.RecordObject(reader.Session, values);
        return values;
    }

    private static int[] EndsOf(PackedValues values)
    {
        var ends = new int[values.Count];
        var end = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            end = checked(end + values[i].Length);
            ends[i] = end;
        }

        return ends;
    }

    private static PackedValues Read<TInput>(ref Reader<TInput> reader, uint length)
    {
        // The numbers come from outside: nothing is reserved for values that cannot be there.
        var count = length < sizeof(int) ? -1 : reader.ReadInt32();
        if (count < 0 || count >= length / sizeof(int))
        {
            throw new InvalidDataException($"Packed values of {length:N0} bytes cannot be as many as they say.");
        }

        var ends = ArrayPool<int>.Shared.Rent(count);
        reader.ReadBytes(MemoryMarshal.AsBytes(ends.AsSpan(0, count)));
        var values = Read(ref reader, ends.AsSpan(0, count), length - ((uint)(count + 1) * sizeof(int)));
        ArrayPool<int>.Shared.Return(ends);
        return values;
    }

    private static PackedValues Read<TInput>(ref Reader<TInput> reader, ReadOnlySpan<int> ends, uint length)
    {
        ThrowIfNotRising(ends, length);
        var values = new PackedValues(ends.Length);
        for (var first = 0; first < ends.Length;)
        {
            first = ReadBlock(ref reader, ends, first, values);
        }

        reader.Skip(length - (ends.Length == 0 ? 0 : ends[^1]));
        return values;
    }

    // Reads values that share an array, and says which is the next one after them.
    private static int ReadBlock<TInput>(ref Reader<TInput> reader, ReadOnlySpan<int> ends, int first, PackedValues values)
    {
        var start = first == 0 ? 0 : ends[first - 1];
        var next = first + 1;
        while (next < ends.Length && ends[next] - start <= BlockBytes)
        {
            next++;
        }

        var bytes = GC.AllocateUninitializedArray<byte>(ends[next - 1] - start);
        reader.ReadBytes(bytes);
        var begin = 0;
        for (var i = first; i < next; i++)
        {
            var end = ends[i] - start;
            values[i] = bytes.AsMemory(begin, end - begin);
            begin = end;
        }

        return next;
    }

    private static void ThrowIfNotRising(ReadOnlySpan<int> ends, uint length)
    {
        var start = 0;
        foreach (var end in ends)
        {
            if (end < start || end > length)
            {
                throw new InvalidDataException("The ends of packed values do not rise, or lie behind their bytes.");
            }

            start = end;
        }
    }
}
