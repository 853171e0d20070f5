using Armature.Validation.Records;

namespace Armature.Validation.Tables;

/// <summary>Says what a text of JSON is. Nothing is thrown and nothing is kept: cells with bad JSON cost no more than others.</summary>
internal static class JsonShape
{
    /// <summary>Whether a text is one JSON value, in which no escape is half of a letter.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="kind">What it begins with: <c>{</c>, <c>[</c>, a quote, ...</param>
    /// <param name="count">How many members or items it has.</param>
    public static bool IsJson(ReadOnlySpan<byte> text, out byte kind, out int count)
    {
        var scan = new JsonScan(text);
        scan.SkipSpace();
        kind = scan.Next;
        count = 0;
        var isValue = kind switch
        {
            (byte)'{' => TakeItems(ref scan, isObject: true, ref count),
            (byte)'[' => TakeItems(ref scan, isObject: false, ref count),
            _ => scan.TakeValue(0),
        };
        scan.SkipSpace();
        return isValue && scan.IsAtEnd;
    }

    private static bool TakeItems(ref JsonScan scan, bool isObject, ref int count)
    {
        var end = isObject ? '}' : ']';
        scan.Take(isObject ? '{' : '[');
        scan.SkipSpace();
        if (scan.Take(end))
        {
            return true;
        }

        do
        {
            scan.SkipSpace();
            if ((isObject && !TakeName(ref scan)) || !scan.TakeValue(1))
            {
                return false;
            }

            count++;
            scan.SkipSpace();
        }
        while (scan.Take(','));
        return scan.Take(end);
    }

    private static bool TakeName(ref JsonScan scan)
    {
        if (!scan.TakeString(out _))
        {
            return false;
        }

        scan.SkipSpace();
        var hasColon = scan.Take(':');
        scan.SkipSpace();
        return hasColon;
    }
}
