namespace Armature.Images;

/// <summary>A part that is cut from the upright picture at its full size, before it is resized.</summary>
/// <param name="Width">At most this wide; a narrower picture keeps its width.</param>
/// <param name="Height">At most this high; a lower picture keeps its height.</param>
/// <param name="Gravity">Which part is kept.</param>
[GenerateSerializer, Immutable, Alias("armature.images.image-crop")]
public sealed record ImageCrop(
    [property: Id(0)] int Width,
    [property: Id(1)] int Height,
    [property: Id(2)] Gravity Gravity);
