namespace Armature.Images;

/// <summary>What is done about the orientation that a camera wrote into a picture.</summary>
public enum ImageOrientation
{
    /// <summary>The picture is turned upright and the note removed.</summary>
    Upright,

    /// <summary>The pixels stay as they are stored.</summary>
    AsStored,
}
