namespace Armature.Validation.Tables;

/// <summary>Dates and times by a pattern.</summary>
internal readonly struct TimePatternForm(TimePattern pattern, string shown) : IValueForm<Moment>
{
    public string Says => $"must have the form {shown}.";

    public bool TryRead(ReadOnlySpan<byte> text, out Moment value) => pattern.TryRead(text, out value);
}
