namespace Armature.Images;

/// <summary>Whether a picture may become larger than its source.</summary>
public enum Enlargement
{
    /// <summary>A small picture stays as it is.</summary>
    Never,

    /// <summary>A small picture is enlarged to the size asked for.</summary>
    Allowed,
}
