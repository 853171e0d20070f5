namespace Armature.Validation.Tables;

/// <summary>The rules of a column of texts, or of values of any type, which are compared as texts.</summary>
internal sealed class TextCheck : ValueCheck
{
    private const int MostBytesOfLetter = 4;

    private readonly TextForm _form;
    private readonly int _formRule;
    private readonly LengthRules _length;
    private readonly long _surelyEnough;
    private readonly XmlPattern? _pattern;
    private readonly int _patternRule;

    public TextCheck(FieldSpec field, ColumnRules rules, Violations violations)
        : base(field, rules)
    {
        (_form, _formRule) = FormOf(field, rules);
        _length = new(field, rules);
        _surelyEnough = (long)_length.Least * MostBytesOfLetter;
        if (field.Pattern is null)
        {
            return;
        }

        _pattern = XmlPattern.Create(field.Pattern, out var refusal);
        _patternRule = rules.Add(ValidationCodes.Pattern, $"must match {SpecNode.Shorten(field.Pattern)}.");
        if (_pattern is null)
        {
            violations.Add($"{field.Pointer}/constraints/pattern", refusal);
        }
    }

    public override void Check(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
        if (IsMissing(cell, sink))
        {
            return;
        }

        if (_form != TextForm.Any && !Utf8Forms.Is(_form, cell))
        {
            sink.Break(_formRule);
            return;
        }

        // A letter has one to four bytes, so that most texts need not be counted.
        if (cell.Length > _length.Most || cell.Length < _surelyEnough)
        {
            _length.Check(Utf8Length.Of(cell), sink);
        }

        if (_pattern?.IsMatch(cell) == false)
        {
            sink.Break(_patternRule);
        }

        CheckKey(cell, sink);
    }

    public override bool TryGetKeyOfValue(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        key = cell;
        return _form == TextForm.Any || Utf8Forms.Is(_form, cell);
    }

    private static (TextForm Form, int Rule) FormOf(FieldSpec field, ColumnRules rules) => field.Format switch
    {
        "email" => (TextForm.Email, rules.Add(ValidationCodes.Email, "must be an email address, such as name@example.com.")),
        "uri" => (TextForm.Uri, rules.Add(TableCodes.Uri, "must be a URI, such as https://example.com.")),
        "binary" => (TextForm.Binary, rules.Add(TableCodes.Binary, "must be base64.")),
        "uuid" => (TextForm.Uuid, rules.Add(ValidationCodes.Uuid, "must be a UUID, such as 123e4567-e89b-12d3-a456-426614174000.")),
        _ => (TextForm.Any, ColumnRules.None),
    };
}
