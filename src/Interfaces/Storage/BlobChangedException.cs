namespace Armature.Storage;

/// <summary>A blob was replaced or deleted while a client read it in pieces. Read it again from its start.</summary>
[GenerateSerializer, Alias("armature.storage.blob-changed-exception")]
public sealed class BlobChangedException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public BlobChangedException(string name)
        : base($"Blob {name} was replaced or deleted while it was read. Read it again from its start.") => Name = name;

    /// <summary>The blob's name.</summary>
    [Id(0)]
    public string Name { get; }
}
