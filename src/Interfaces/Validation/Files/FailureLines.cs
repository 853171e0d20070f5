using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>Writes failures as lines of a report. Used once.</summary>
internal sealed class FailureLines : IDisposable
{
    private static readonly JsonWriterOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _written = new();
    private readonly FailureFormat _format;
    private readonly TableRule[] _rules;
    private readonly Utf8JsonWriter _json;

    public FailureLines(FailureFormat format, TableRule[] rules)
    {
        _format = format;
        _rules = rules;
        _json = new(_written, Lines);
    }

    /// <summary>Adds a failure.</summary>
    public void Add(long row, long line, int rule, long firstRow, ReadOnlySpan<byte> value, bool hasValue)
    {
        if (_format == FailureFormat.Ndjson)
        {
            AddJson(row, line, _rules[rule], firstRow, value, hasValue);
        }
        else
        {
            AddCsv(row, line, _rules[rule], firstRow, value);
        }

        _written.Write("\n"u8);
    }

    /// <summary>All lines.</summary>
    public byte[] Take() => _written.WrittenSpan.ToArray();

    public void Dispose() => _json.Dispose();

    private void AddJson(long row, long line, TableRule rule, long firstRow, ReadOnlySpan<byte> value, bool hasValue)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("row"u8, row);
        _json.WriteNumber("line"u8, line);
        if (rule.Field is not null)
        {
            _json.WriteString("column"u8, rule.Field);
        }

        _json.WriteString("code"u8, rule.Code);
        _json.WriteString("message"u8, rule.Message);
        if (hasValue)
        {
            _json.WriteString("value"u8, value);
        }

        if (firstRow > 0)
        {
            _json.WriteNumber("first_row"u8, firstRow);
        }

        _json.WriteEndObject();
        _json.Flush();
    }

    private void AddCsv(long row, long line, TableRule rule, long firstRow, ReadOnlySpan<byte> value)
    {
        AddNumber(row);
        _written.Write(","u8);
        AddNumber(line);
        _written.Write(","u8);
        AddText(Encoding.UTF8.GetBytes(rule.Field ?? ""));
        _written.Write(","u8);
        AddText(Encoding.UTF8.GetBytes(rule.Code));
        _written.Write(","u8);
        AddText(Encoding.UTF8.GetBytes(rule.Message));
        _written.Write(","u8);
        AddText(value);
        _written.Write(","u8);
        if (firstRow > 0)
        {
            AddNumber(firstRow);
        }
    }

    private void AddNumber(long number)
    {
        const int mostDigits = 20;
        Utf8Formatter.TryFormat(number, _written.GetSpan(mostDigits), out var length);
        _written.Advance(length);
    }

    /// <summary>Always quoted. What a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection).</summary>
    private void AddText(ReadOnlySpan<byte> text)
    {
        _written.Write("\""u8);
        if (!text.IsEmpty && "=+-@\t\r\n"u8.Contains(text[0]))
        {
            _written.Write("'"u8);
        }

        while (text.IndexOf((byte)'"') is >= 0 and var quote)
        {
            _written.Write(text[..(quote + 1)]);
            _written.Write("\""u8);
            text = text[(quote + 1)..];
        }

        _written.Write(text);
        _written.Write("\""u8);
    }
}
