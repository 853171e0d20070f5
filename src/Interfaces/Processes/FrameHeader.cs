using System.Buffers.Binary;

namespace Armature.Processes;

/// <summary>The 16 bytes before a frame's payload. docs/processes.md has the layout.</summary>
internal readonly record struct FrameHeader(FrameKind Kind, int PayloadBytes, long RequestId)
{
    internal const int Bytes = 16;

    private const byte Magic = 0xAF;
    private const byte Version = 1;

    internal void Write(Span<byte> target)
    {
        target[0] = Magic;
        target[1] = Version;
        target[2] = (byte)Kind;
        target[3] = 0;
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], PayloadBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], RequestId);
    }

    internal static FrameHeader Read(ReadOnlySpan<byte> source, int maxPayloadBytes)
    {
        if (source[0] != Magic || source[1] != Version)
        {
            throw new FrameException(
                $"a frame starts with the bytes {Magic:X2} {Version:X2}, but {source[0]:X2} {source[1]:X2} came; "
                + "nothing but frames may be written to this stream: send console output to standard error");
        }

        var kind = (FrameKind)source[2];
        if (!Enum.IsDefined(kind))
        {
            throw new FrameException($"{source[2]} is no frame kind; 1 to 6 are allowed");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(source[4..]);
        if (length < 0 || length > maxPayloadBytes)
        {
            throw new FrameException(
                $"a payload has at most {maxPayloadBytes:N0} bytes, but {(uint)length:N0} were announced; raise the frame limit or send less");
        }

        return new FrameHeader(kind, length, BinaryPrimitives.ReadInt64LittleEndian(source[8..]));
    }
}
