using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Armature.Validation.Tables;

/// <summary>
/// The keys of JSON values: the same however members are ordered, numbers are written and texts are escaped. Makes objects, which only
/// cells of JSON cost that must be unique, are referred to, or are listed.
/// </summary>
internal static class JsonKey
{
    /// <summary>Writes the key.</summary>
    /// <param name="json">What <see cref="JsonShape"/> says is JSON.</param>
    /// <param name="room">At least <see cref="CellCheck.KeyRoom"/> bytes.</param>
    public static ReadOnlySpan<byte> Write(ReadOnlySpan<byte> json, Span<byte> room)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var whole = new ArrayBufferWriter<byte>();
        Append(document.RootElement, whole);
        return LongKey.Fit(whole.WrittenSpan, room);
    }

    private static void Append(JsonElement element, ArrayBufferWriter<byte> whole)
    {
        whole.Write([(byte)element.ValueKind]);
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                AppendCount(element.GetPropertyCount(), whole);
                foreach (var member in element.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    AppendText(member.Name, whole);
                    Append(member.Value, whole);
                }

                break;
            case JsonValueKind.Array:
                AppendCount(element.GetArrayLength(), whole);
                foreach (var item in element.EnumerateArray())
                {
                    Append(item, whole);
                }

                break;
            case JsonValueKind.String:
                AppendText(element.GetString()!, whole);
                break;
            case JsonValueKind.Number:
                AppendNumber(Encoding.UTF8.GetBytes(element.GetRawText()), whole);
                break;
        }
    }

    private static void AppendText(string text, ArrayBufferWriter<byte> whole)
    {
        AppendCount(Encoding.UTF8.GetByteCount(text), whole);
        Encoding.UTF8.GetBytes(text, whole);
    }

    private static void AppendNumber(byte[] text, ArrayBufferWriter<byte> whole)
    {
        // One with an exponent beyond all reason is what it is written as.
        Span<byte> room = stackalloc byte[CellCheck.KeyRoom];
        var key = Numeral.TryRead(text, out var number) ? number.WriteKey(room) : text;
        AppendCount(key.Length, whole);
        whole.Write(key);
    }

    private static void AppendCount(int count, ArrayBufferWriter<byte> whole)
    {
        BinaryPrimitives.WriteInt32LittleEndian(whole.GetSpan(sizeof(int)), count);
        whole.Advance(sizeof(int));
    }
}
