using System.Text;

namespace Armature.Validation.Tables;

/// <summary>The texts of cells that have no value.</summary>
internal sealed class MissingValues(IEnumerable<string> texts)
{
    public static readonly MissingValues None = new([]);

    private readonly byte[][] _texts = [.. texts.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Bytes of the longest of them; -1 when there is none.</summary>
    public int Longest { get; } = texts.Select(Encoding.UTF8.GetByteCount).DefaultIfEmpty(-1).Max();

    public bool Has(ReadOnlySpan<byte> cell) => cell.Length <= Longest && IsOne(cell);

    private bool IsOne(ReadOnlySpan<byte> cell)
    {
        foreach (var text in _texts)
        {
            if (cell.SequenceEqual(text))
            {
                return true;
            }
        }

        return false;
    }
}
