namespace Armature.FileSystem;

/// <summary>The codes that the command line gives to files.</summary>
internal static class FileErrorCodes
{
    /// <summary>The file or folder could not be read.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The output could not be written.</summary>
    public const string OutputUnwritable = "output_unwritable";

    /// <summary>Another file of the same run has the same output.</summary>
    public const string OutputConflict = "output_conflict";
}
