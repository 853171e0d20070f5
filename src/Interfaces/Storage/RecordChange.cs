namespace Armature.Storage;

/// <summary>One change of a commit: a record is put, or deleted.</summary>
public readonly record struct RecordChange
{
    private RecordChange(string key, ReadOnlyMemory<byte>? value)
    {
        Key = key;
        Value = value;
    }

    /// <summary>The record's key.</summary>
    public string Key { get; }

    /// <summary>The new value; null deletes the record.</summary>
    public ReadOnlyMemory<byte>? Value { get; }

    /// <summary>What it counts against <see cref="RecordLimits.MaxCommitBytes"/>: the bytes of its key and its value.</summary>
    public int Bytes => Key.Length + (Value?.Length ?? 0);

    /// <summary>Writes a record, in place of one that is there. The bytes must not change until the commit has ended.</summary>
    public static RecordChange Put(string key, ReadOnlyMemory<byte> value) => new(key, value);

    /// <summary>Deletes a record. One that is not there is no error.</summary>
    public static RecordChange Delete(string key) => new(key, null);
}
