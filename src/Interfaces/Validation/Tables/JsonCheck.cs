namespace Armature.Validation.Tables;

/// <summary>The rules of a column of JSON objects or arrays.</summary>
internal sealed class JsonCheck : ValueCheck
{
    private readonly JsonForm _form;
    private readonly int _typeRule;
    private readonly LengthRules _length;

    public JsonCheck(JsonForm form, FieldSpec field, ColumnRules rules)
        : base(field, rules)
    {
        _form = form;
        _typeRule = rules.Add(TableCodes.Type, form switch
        {
            JsonForm.Object => "must be a JSON object.",
            JsonForm.Array => "must be a JSON array.",
            JsonForm.GeoJson => "must be a GeoJSON object.",
            _ => "must be a TopoJSON object.",
        });
        _length = new(field, rules);
    }

    public override void Check(ReadOnlySpan<byte> cell, IRuleSink sink)
    {
        if (IsMissing(cell, sink))
        {
            return;
        }

        if (!Is(cell, out var count))
        {
            sink.Break(_typeRule);
            return;
        }

        _length.Check(count, sink);
        CheckAllowed(cell, sink);
    }

    public override bool TryGetKeyOfValue(ReadOnlySpan<byte> cell, Span<byte> room, out ReadOnlySpan<byte> key)
    {
        var isValue = Is(cell, out _);
        key = isValue ? JsonKey.Write(cell, room) : default;
        return isValue;
    }

    private bool Is(ReadOnlySpan<byte> cell, out int count) => JsonShape.IsJson(cell, out var kind, out count) && _form switch
    {
        JsonForm.Array => kind == '[',
        JsonForm.Object => kind == '{',
        JsonForm.GeoJson => kind == '{' && GeoJson.IsGeoJson(cell),
        _ => kind == '{' && TopoJson.IsTopoJson(cell),
    };
}
