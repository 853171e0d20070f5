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
        var bytes = reader.ReadBytes(reader.ReadVarUInt32());
        var values = new PackedValues(Cut(bytes));
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

    private static ReadOnlyMemory<byte>[] Cut(byte[] bytes)
    {
        // The numbers come from outside: nothing is reserved for values that cannot be there.
        var numbers = MemoryMarshal.Cast<byte, int>(bytes);
        if (numbers.IsEmpty || numbers[0] < 0 || numbers[0] >= numbers.Length)
        {
            throw new InvalidDataException($"Packed values of {bytes.Length:N0} bytes cannot be as many as they say.");
        }

        var values = new ReadOnlyMemory<byte>[numbers[0]];
        var rest = bytes.AsMemory((values.Length + 1) * sizeof(int));
        var start = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var end = numbers[i + 1];
            if (end < start || end > rest.Length)
            {
                throw new InvalidDataException("The ends of packed values do not rise, or lie behind their bytes.");
            }

            values[i] = rest[start..end];
            start = end;
        }

        return values;
    }
}
