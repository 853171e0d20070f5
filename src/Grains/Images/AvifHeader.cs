namespace Armature.Images;

/// <summary>Walks the boxes of an AVIF for the largest size that any of its pictures, tiles or tracks declares.</summary>
internal static class AvifHeader
{
    private const int MaxDepth = 8;

    public static ImageHeader Read(ReadOnlySpan<byte> image)
    {
        int width = 0, height = 0;
        Walk(image, 0, ref width, ref height);
        return new(ImageFormat.Avif, width, height) { IsCostly = true };
    }

    private static void Walk(ReadOnlySpan<byte> boxes, int depth, ref int width, ref int height)
    {
        var reader = new HeaderReader(boxes, ImageFormat.Avif);
        while (reader.Remaining >= 8)
        {
            var start = reader.Position;
            ulong size = reader.UInt32BigEndian();
            var type = reader.Take(4);
            size = size switch
            {
                0 => (ulong)(boxes.Length - start),
                1 => reader.UInt64BigEndian(),
                _ => size,
            };
            var length = (long)Math.Min(size, (ulong)(boxes.Length - start)) - (reader.Position - start);
            if (length < 0)
            {
                throw ImageInspector.Damaged(ImageFormat.Avif);
            }

            var body = reader.Take(length);
            if (type.SequenceEqual("ispe"u8))
            {
                ReadExtent(body, ref width, ref height);
            }
            else if (depth < MaxDepth && FindChildren(type) is { } skip && body.Length >= skip)
            {
                Walk(body[skip..], depth + 1, ref width, ref height);
            }
        }
    }

    private static void ReadExtent(ReadOnlySpan<byte> body, ref int width, ref int height)
    {
        var reader = new HeaderReader(body, ImageFormat.Avif);
        reader.Take(4);
        var (across, down) = (reader.UInt32BigEndian(), reader.UInt32BigEndian());
        if (across > int.MaxValue || down > int.MaxValue)
        {
            throw ImageInspector.Damaged(ImageFormat.Avif);
        }

        width = Math.Max(width, (int)across);
        height = Math.Max(height, (int)down);
    }

    /// <summary>Where the boxes inside of a box begin; null when it has none that matter.</summary>
    private static int? FindChildren(ReadOnlySpan<byte> type) => type switch
    {
        _ when type.SequenceEqual("meta"u8) => 4,
        _ when type.SequenceEqual("iprp"u8) || type.SequenceEqual("ipco"u8) => 0,
        _ => null,
    };
}
