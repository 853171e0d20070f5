using System.IO.Compression;

namespace Armature.Validation.Records;

internal static class GzipFile
{
    /// <summary>One member with these bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> bytes) => Of(bytes, times: 1);

    /// <summary>One member with these bytes so many times.</summary>
    public static byte[] Of(ReadOnlySpan<byte> bytes, int times)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal))
        {
            for (var time = 0; time < times; time++)
            {
                gzip.Write(bytes);
            }
        }

        return file.ToArray();
    }
}
