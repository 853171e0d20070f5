namespace Armature.Validation.Records;

/// <summary>A file cannot be read on as a whole. What is wrong with one record is that record's failure instead.</summary>
[GenerateSerializer, Alias("armature.validation.record-file-exception")]
public sealed class RecordFileException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public RecordFileException(string code, long offset, string message)
        : base(message)
    {
        Code = code;
        Offset = offset;
    }

    /// <summary>What is wrong (<see cref="RecordFileCodes"/>).</summary>
    [Id(0)]
    public string Code { get; }

    /// <summary>The byte near which it was found, from 0: of the compressed file for what is wrong with gzip, otherwise of what it holds.</summary>
    [Id(1)]
    public long Offset { get; }
}
