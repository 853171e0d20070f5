namespace Armature.Images;

/// <summary>The box that a variant is brought into.</summary>
/// <param name="Width">The box's width; null leaves it open.</param>
/// <param name="Height">The box's height; null leaves it open.</param>
/// <param name="Fit">How the picture is brought into the box. With one side open only <see cref="Fit.Inside"/> is possible.</param>
/// <param name="Gravity">Which part <see cref="Fit.Cover"/> keeps, and where <see cref="Fit.Fill"/> puts the picture.</param>
/// <param name="Enlargement">Whether a smaller picture is enlarged.</param>
[GenerateSerializer, Immutable, Alias("armature.images.image-resize")]
public sealed record ImageResize(
    [property: Id(0)] int? Width,
    [property: Id(1)] int? Height,
    [property: Id(2)] Fit Fit,
    [property: Id(3)] Gravity Gravity,
    [property: Id(4)] Enlargement Enlargement);
