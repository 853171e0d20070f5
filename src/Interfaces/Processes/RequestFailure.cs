using System.Text;

namespace Armature.Processes;

/// <summary>
/// The payload of a <see cref="FrameKind.Failure"/> frame: UTF-8 text whose first line is a code in snake case and whose
/// rest is a message for people.
/// </summary>
/// <param name="Code">A stable word for programs.</param>
/// <param name="Message">What happened, at most <see cref="MaxMessageLength"/> characters.</param>
public sealed record RequestFailure(string Code, string Message)
{
    /// <summary>The code of a failure that has none of its own.</summary>
    public const string Failed = "request_failed";

    /// <summary>The code of a request that needed more memory than its child process has.</summary>
    public const string OutOfMemory = "out_of_memory";

    /// <summary>Characters of a message that are kept.</summary>
    public const int MaxMessageLength = 2048;

    /// <summary>The failure as a payload.</summary>
    public byte[] ToPayload() => Encoding.UTF8.GetBytes($"{Code}\n{Shorten(Message)}");

    /// <summary>Reads a payload. Text without a second line is a code alone.</summary>
    public static RequestFailure FromPayload(ReadOnlySpan<byte> payload)
    {
        var end = payload.IndexOf((byte)'\n');
        return end < 0
            ? new RequestFailure(CodeFrom(payload), "")
            : new RequestFailure(CodeFrom(payload[..end]), Shorten(Encoding.UTF8.GetString(payload[(end + 1)..])));
    }

    private static string CodeFrom(ReadOnlySpan<byte> text) =>
        text.Length is 0 or > 64 ? Failed : Encoding.UTF8.GetString(text);

    private static string Shorten(string message) => message.Length <= MaxMessageLength ? message : message[..MaxMessageLength];
}
