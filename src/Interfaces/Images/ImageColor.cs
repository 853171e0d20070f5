namespace Armature.Images;

/// <summary>An opaque sRGB colour.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
[GenerateSerializer, Immutable, Alias("armature.images.image-color")]
public readonly record struct ImageColor(
    [property: Id(0)] byte Red,
    [property: Id(1)] byte Green,
    [property: Id(2)] byte Blue)
{
    /// <summary>Black.</summary>
    public static ImageColor Black { get; } = new(0, 0, 0);

    /// <summary>White.</summary>
    public static ImageColor White { get; } = new(255, 255, 255);
}
