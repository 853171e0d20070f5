namespace Armature.Validation.Files;

/// <summary>The steps in which a file is checked.</summary>
public enum FileStep
{
    /// <summary>Rows are checked one by one.</summary>
    Rows,

    /// <summary>Keys of files that the file refers to are read.</summary>
    References,

    /// <summary>Keys over the whole file are compared.</summary>
    Keys,

    /// <summary>The file is read once more, and what was asked for is written.</summary>
    Writing,
}
