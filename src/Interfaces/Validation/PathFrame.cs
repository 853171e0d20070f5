using System.Globalization;

namespace Armature.Validation;

/// <summary>An object within others, on the way to a field. Written out only for failures.</summary>
internal sealed class PathFrame(PathFrame? outer, string name, int index)
{
    public const int NoIndex = -1;

    public int Depth { get; } = (outer?.Depth ?? 0) + 1;

    public static string Write(PathFrame? frame, string field)
    {
        if (frame is null)
        {
            return field;
        }

        var path = frame.ToString();
        return field.Length == 0 ? path : $"{path}.{field}";
    }

    public override string ToString()
    {
        var own = index == NoIndex ? name : string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]");
        return Write(outer, own);
    }
}
