namespace Armature.Batching;

/// <summary>What the bytes of a packed entry are.</summary>
public enum EntryKind : byte
{
    /// <summary>An item or a result, written by the Orleans serializer.</summary>
    Value,

    /// <summary>The name of a blob that holds it (UTF-8): it was larger than the inline limit.</summary>
    Blob,

    /// <summary>An <see cref="ItemError"/>, written by the Orleans serializer.</summary>
    Error,
}
