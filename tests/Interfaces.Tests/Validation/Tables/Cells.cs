using System.Text;

namespace Armature.Validation.Tables;

/// <summary>Checks single cells.</summary>
internal static class Cells
{
    /// <summary>The schema of one field <c>f</c>, which has these members beside its name.</summary>
    public static TableSchema Schema(string members) => TableSchema.Parse($"{{\"fields\": [{{\"name\": \"f\", {members}}}]}}");

    public static TableProgram Compile(string members) => Schema(members).Compile(null, 1_000, 100);

    /// <summary>The codes of the rules that a cell breaks, with commas between.</summary>
    public static string Codes(this TableProgram program, string cell, int column = 0)
    {
        var sink = new Sink();
        program.Columns[column].Check(Encoding.UTF8.GetBytes(cell), sink);
        return string.Join(',', sink.Broken.Select(rule => program.Rules[rule].Code));
    }

    /// <summary>The key of a cell as hexadecimal; null when it has none.</summary>
    public static string? Key(this TableProgram program, string cell) =>
        program.Columns[0].TryGetKey(Encoding.UTF8.GetBytes(cell), new byte[CellCheck.KeyRoom], out var key) ? Convert.ToHexString(key) : null;

    private sealed class Sink : IRuleSink
    {
        public List<int> Broken { get; } = [];

        public void Break(int rule) => Broken.Add(rule);
    }
}
