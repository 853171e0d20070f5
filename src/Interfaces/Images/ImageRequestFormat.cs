using System.Buffers;
using System.Buffers.Binary;
using Orleans.Serialization;

namespace Armature.Images;

/// <summary>
/// A request to a child process that works on images, and its answer: the plan's length in 4 bytes (little-endian), the plan,
/// the source as it is; and an <see cref="ImageResult"/>. Both sides are of one build, so nothing is versioned.
/// </summary>
/// <param name="serializer">Packs plan and result.</param>
public sealed class ImageRequestFormat(Serializer serializer)
{
    private const int LengthBytes = sizeof(int);

    /// <summary>The parts of a request. The source is not copied.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> WriteRequest(ReadOnlyMemory<byte> source, ImagePlan plan)
    {
        var packedPlan = serializer.SerializeToArray(plan);
        var length = new byte[LengthBytes];
        BinaryPrimitives.WriteInt32LittleEndian(length, packedPlan.Length);
        return [length, packedPlan, source];
    }

    /// <summary>Reads a request. The source is a part of the payload.</summary>
    public (ReadOnlyMemory<byte> Source, ImagePlan Plan) ReadRequest(ReadOnlyMemory<byte> payload)
    {
        var planEnd = LengthBytes + BinaryPrimitives.ReadInt32LittleEndian(payload.Span);
        return (payload[planEnd..], Present(serializer.Deserialize<ImagePlan>(payload[LengthBytes..planEnd])));
    }

    /// <summary>The answer to a request.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> WriteResult(ImageResult result)
    {
        var answer = new ArrayBufferWriter<byte>(result.Outputs.Sum(static output => output.Bytes.Length + 256));
        serializer.Serialize(result, answer);
        return [answer.WrittenMemory];
    }

    /// <summary>Reads an answer. Nothing of the payload is kept.</summary>
    public ImageResult ReadResult(ReadOnlyMemory<byte> payload) => Present(serializer.Deserialize<ImageResult>(payload));

    private static T Present<T>(T? read)
        where T : class => read ?? throw new InvalidDataException($"A frame between silo and image worker has no {typeof(T).Name}: they are not of one build.");
}
