namespace Armature.Validation.Tables;

/// <summary>Reads the properties that only fields of some types have.</summary>
internal static class FieldOptionsReader
{
    public static FieldSpec Read(SpecNode node, FieldSpec field) => field.Type switch
    {
        FieldTypes.Number or FieldTypes.Integer => ReadNumber(node, field),
        FieldTypes.Boolean => ReadBoolean(node, field),
        FieldTypes.List => field with
        {
            Delimiter = NotEmpty(node, "delimiter") ?? field.Delimiter,
            ItemType = FieldReader.ReadType(node, "itemType", FieldTypes.OfItems, FieldTypes.Text),
        },
        _ => field,
    };

    private static FieldSpec ReadNumber(SpecNode node, FieldSpec field)
    {
        var read = field with
        {
            DecimalChar = NumberMark(node, "decimalChar") ?? field.DecimalChar,
            GroupChar = NumberMark(node, "groupChar"),
            IsBareNumber = node.Flag("bareNumber", true),
        };
        if (read.Type == FieldTypes.Number && read.GroupChar == read.DecimalChar)
        {
            node.Refuse($"has \"{read.GroupChar}\" as both groupChar and decimalChar. Give them different ones.");
        }

        return read;
    }

    private static FieldSpec ReadBoolean(SpecNode node, FieldSpec field)
    {
        var read = field with
        {
            TrueValues = node.Member("trueValues")?.Texts() ?? field.TrueValues,
            FalseValues = node.Member("falseValues")?.Texts() ?? field.FalseValues,
        };
        if (read.TrueValues.Intersect(read.FalseValues, StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            node.Refuse($"has \"{both}\" among both trueValues and falseValues.");
        }

        return read;
    }

    private static string? NumberMark(SpecNode node, string name)
    {
        var mark = NotEmpty(node, name);
        if (mark?.Any(static letter => char.IsAsciiDigit(letter) || letter is '+' or '-' or 'E' or 'e') != true)
        {
            return mark;
        }

        node.Member(name)!.Value.Refuse("must have no digit, sign or E in it: it could not be told from the number.");
        return null;
    }

    private static string? NotEmpty(SpecNode node, string name)
    {
        var text = node.Text(name);
        if (text?.Length != 0)
        {
            return text;
        }

        node.Member(name)!.Value.Refuse("must not be empty.");
        return null;
    }
}
