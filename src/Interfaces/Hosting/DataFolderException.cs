namespace Armature.Hosting;

/// <summary>The data folder cannot be used: another process owns it, or it cannot be written.</summary>
[GenerateSerializer, Alias("armature.hosting.data-folder-exception")]
public sealed class DataFolderException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public DataFolderException(string folder, string problem, Exception? innerException)
        : base(
            $"The data folder {folder} {problem} "
            + $"Give this process another one ({ArmatureOptions.Section}:{nameof(ArmatureOptions.DataFolder)} or ARMATURE__DATAFOLDER).",
            innerException)
    {
        Folder = folder;
    }

    /// <summary>The folder.</summary>
    [Id(0)]
    public string Folder { get; }
}
