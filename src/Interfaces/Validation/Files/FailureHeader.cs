namespace Armature.Validation.Files;

/// <summary>The first line of a report.</summary>
internal static class FailureHeader
{
    public static ReadOnlySpan<byte> Of(FailureFormat format) =>
        format == FailureFormat.Csv ? "row,line,column,code,message,value,first_row\n"u8 : default;
}
