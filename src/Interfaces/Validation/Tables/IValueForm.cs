namespace Armature.Validation.Tables;

/// <summary>How the values of a type are written.</summary>
internal interface IValueForm<T>
{
    /// <summary>What a cell must be: the rest of a sentence that begins with the field's name.</summary>
    string Says { get; }

    bool TryRead(ReadOnlySpan<byte> text, out T value);
}
