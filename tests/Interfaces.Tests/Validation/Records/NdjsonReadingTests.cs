using System.Text;
using CsCheck;

namespace Armature.Validation.Records;

public sealed class NdjsonReadingTests
{
    private static readonly string[] Columns = ["id", "na\"me", "grüße"];

    private static readonly string[] Names = ["\"id\"", "\"id\"", "\"na\\\"me\"", "\"grüße\"", "\"gr\\u00fc\\u00DFe\"", "\"other\"", "\"\\u0069d\""];

    private static readonly string[] Values =
    [
        "1", "-0.5e+3", "0", "01", "1.", "-", "1e", ".5", "true", "false", "null", "nul", "True", "\"\"", "\"text\"", "\"a\\nb\"", "\"\\u20ac \\ud83d\\ude00\"",
        "\"\\ud83d\"", "\"\\ude00x\"", "\"\\x\"", "\"\\u12g4\"", "\"tab\there\"", "\"open", "[]", "[1, [2, {\"a\": null}]]", "[1,]", "{}", "{\"a\":1,}", "{\"a\" : \"}\"}", "{a:1}",
        "\"é€😀\"", "\"a longer text that fills some room in the line\"", "NaN", "", "\0", "'x'", "+1", "1 2", "[\"\\ud800\"]",
    ];

    private static readonly string[] Between = ["\n", "\n", "\r\n", "\n\n", "\n \t\r\n", " \n", "\r", ",", ""];

    private static readonly Gen<string> Members = Gen.Select(Any(Names), Any([":", ":", ":", " : ", ""]), Any(Values), (name, colon, value) => name + colon + value);

    private static readonly Gen<string> Lines = Gen.Select(
        Members.Array[0, 4], Any(["{", "{", "{", "{ ", "[", "", "\t{"]), Any(["}", "}", "}", " }", "]", "", "}}"]), Any(Between), Any([",", ",", ", ", ",,", ""]),
        (members, open, close, end, comma) => open + string.Join(comma, members) + close + end);

    // Begins with a line of its own, so that no file looks like one in another encoding; some bytes are replaced by any others.
    private static readonly Gen<byte[]> Files = Gen.Select(
        Lines.Array[0, 12], Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 2], (lines, changes) =>
        {
            var bytes = Encoding.UTF8.GetBytes("{\"id\":0}\n" + string.Concat(lines));
            foreach (var (at, value) in changes.Where(change => change.Item1 > 8 && change.Item1 < bytes.Length))
            {
                bytes[at] = value;
            }

            return bytes;
        });

    private static readonly Gen<RecordLimits> Limits =
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 60], (record, cell) => new RecordLimits { MaxRecordBytes = record, MaxCellBytes = cell });

    [Fact]
    public Task Read_AnyFileInAnyChunks_SeesWhatTheParserOfDotnetSees() =>
        Gen.Select(Files, Limits, Gen.Int[1, 300], Gen.Int[1, 70], Gen.Bool).SampleAsync(
            async (file, limits, chunkBytes, readBytes, allowsUnknown) =>
            {
                var format = RecordFormat.Ndjson with { AllowsUnknownMembers = allowsUnknown };

                var seen = await SeenFile.ReadAsync(new SlowStream(file, readBytes), format, limits, chunkBytes, Columns);

                seen.ToString().ShouldBe(new SlowNdjson(file, format, limits, Columns).Read().ToString());
            },
            iter: 5000);

    private static Gen<string> Any(string[] choices) => Gen.Int[0, choices.Length - 1].Select(choice => choices[choice]);
}
