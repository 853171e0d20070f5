using System.Text;
using System.Text.Json;

namespace Armature.Validation.Records;

/// <summary>Reads NDJSON line by line with the parser of .NET: what the fast reader must agree with.</summary>
internal sealed class SlowNdjson(byte[] file, RecordFormat format, RecordLimits limits, string[] columns)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public SeenFile Read()
    {
        var records = new List<SeenRecord>();
        var (begin, line) = (0, 0);
        for (var at = 0; at <= file.Length; at++)
        {
            if (at < file.Length && file[at] != '\n')
            {
                continue;
            }

            var end = at > begin && file[at - 1] == '\r' ? at - 1 : at;
            var record = file[begin..end];
            if (record.Length > limits.MaxRecordBytes || record.Any(character => character is not ((byte)' ' or (byte)'\t' or (byte)'\r')))
            {
                var (fault, cells) = ReadRecord(record);
                records.Add(new SeenRecord(
                    fault, line, begin, fault == RecordFault.RecordTooLong ? 0 : record.Length, fault == RecordFault.None ? string.Join('|', cells) : ""));
            }

            begin = at + 1;
            line++;
        }

        return new SeenFile(null, records, line - 1);
    }

    private (RecordFault Fault, string[] Cells) ReadRecord(byte[] record)
    {
        if (record.Length > limits.MaxRecordBytes)
        {
            return (RecordFault.RecordTooLong, []);
        }

        if (record.Contains((byte)0))
        {
            return (RecordFault.NulByte, []);
        }

        try
        {
            Strict.GetString(record);
        }
        catch (DecoderFallbackException)
        {
            return (RecordFault.InvalidUtf8, []);
        }

        try
        {
            using var json = JsonDocument.Parse(record);
            return ReadMembers(json.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (RecordFault.InvalidJson, []);
        }
    }

    private (RecordFault Fault, string[] Cells) ReadMembers(JsonElement record)
    {
        var cells = new string?[columns.Length];
        var (isLong, isUnknown, isTwice) = (false, false, false);

        // Strings that are no text are refused wherever they are, also in what is passed over.
        foreach (var member in record.EnumerateObject())
        {
            CheckTexts(member.Value);
            var column = Array.IndexOf(columns, member.Name);
            if (column < 0)
            {
                isUnknown = true;
                continue;
            }

            isTwice |= cells[column] is not null;
            isLong |= Encoding.UTF8.GetByteCount(member.Value.GetRawText()) > limits.MaxCellBytes;
            cells[column] = CellOf(member.Value);
        }

        var fault = isTwice ? RecordFault.InvalidJson
            : isLong ? RecordFault.CellTooLong
            : isUnknown && !format.AllowsUnknownMembers ? RecordFault.CellCount
            : RecordFault.None;
        return (fault, [.. cells.Select(cell => SeenRecord.Text(Encoding.UTF8.GetBytes(cell ?? "")))]);
    }

    private static string CellOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static void CheckTexts(JsonElement value)
    {
        foreach (var inner in value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().ToArray(),
            JsonValueKind.Object => [.. value.EnumerateObject().Select(member => (_ = member.Name, member.Value).Value)],
            _ => [],
        })
        {
            CheckTexts(inner);
        }

        _ = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
