namespace Armature.Storage;

/// <summary>What a client had sent of a blob is gone with the silo that took it, or after a pause that was too long. Nothing was written.</summary>
[GenerateSerializer, Alias("armature.storage.blob-upload-lost-exception")]
public sealed class BlobUploadLostException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BlobUploadLostException(string name)
        : base($"The upload of blob {name} was lost: the silo that took it ended, or no piece came for two minutes. Nothing was written; send it again.") =>
        Name = name;

    /// <summary>The blob's name.</summary>
    [Id(0)]
    public string Name { get; }
}
