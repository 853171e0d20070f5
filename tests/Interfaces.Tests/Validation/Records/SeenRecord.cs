using System.Text;

namespace Armature.Validation.Records;

/// <summary>A record as a test compares it. One that is too long has no cells, and its length is not looked at: it may have been passed over.</summary>
internal sealed record SeenRecord(RecordFault Fault, long Line, long Offset, int Length, string Cells)
{
    /// <summary>Bytes as text, every byte visible.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
